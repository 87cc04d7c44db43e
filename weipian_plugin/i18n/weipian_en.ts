<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>关于/环境检查</source>
            <translation>About / environment check</translation>
        </message>
        <message>
            <source>卫片执法</source>
            <translation>Patch enforcement</translation>
        </message>
        <message>
            <source>软件提供线索、面积和条款依据，合法性结论由经办人作出。本软件全程离线运行，不向外发送任何数据。</source>
            <translation>The software offers clues, areas and clauses; a named person decides what is lawful. It works entirely offline and sends nothing anywhere.</translation>
        </message>
        <message>
            <source>运行组件</source>
            <translation>Component</translation>
        </message>
        <message>
            <source>版本</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>把环境信息复制到剪贴板，便于报修时粘贴</source>
            <translation>Copy this to the clipboard, to paste into a request for help</translation>
        </message>
        <message>
            <source>复制</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>BackupPage</name>
        <message>
            <source>备份</source>
            <translation>Backups</translation>
        </message>
        <message>
            <source>导入、导回等大的改动之前，插件自动在工作库旁边留一份备份。这里也可以随时备份，或退回到某一份：退回之前先核对那份备份是否完好，并把现在的工作库另存一份。</source>
            <translation>Before a large change, such as an import, a backup is kept beside the workspace. You can also back up at any time here, or go back to a backup: it is first checked to be whole, and the workspace as it is now is kept as well.</translation>
        </message>
        <message>
            <source>现在备份</source>
            <translation>Back up now</translation>
        </message>
        <message>
            <source>退回到选中的备份…</source>
            <translation>Go back to the selected backup…</translation>
        </message>
        <message>
            <source>打开文件夹</source>
            <translation>Open folder</translation>
        </message>
        <message>
            <source>退回</source>
            <translation>Go back</translation>
        </message>
        <message>
            <source>不退回</source>
            <translation>Keep as it is</translation>
        </message>
    </context>
    <context>
        <name>ConflictDock</name>
        <message>
            <source>会商台</source>
            <translation>Conflict desk</translation>
        </message>
        <message>
            <source>状态(&amp;S)</source>
            <translation>&amp;State</translation>
        </message>
        <message>
            <source>待会商：还没有人决定；已决定：查处单位已由人确定；决定后情况有变：后来的图层或方案与决定不一致</source>
            <translation>待会商 (needs consultation): nobody has decided yet; 已决定 (decided): a person has named the enforcement unit; 决定后情况有变 (changed since): later layers or plans disagree with the decision</translation>
        </message>
        <message>
            <source>乡镇(&amp;T)</source>
            <translation>&amp;Township</translation>
        </message>
        <message>
            <source>单位(&amp;U)</source>
            <translation>&amp;Unit</translation>
        </message>
        <message>
            <source>按有查处职责的单位组合筛选</source>
            <translation>Filter by the units that claim enforcement together</translation>
        </message>
        <message>
            <source>依据(&amp;G)</source>
            <translation>&amp;Grounds</translation>
        </message>
        <message>
            <source>按依据的图层、事实组合筛选</source>
            <translation>Filter by the layers and facts the claims rest on</translation>
        </message>
        <message>
            <source>按图斑编号查找</source>
            <translation>Find a patch number</translation>
        </message>
        <message>
            <source>去掉全部筛选条件</source>
            <translation>Remove all filters</translation>
        </message>
        <message>
            <source>清除筛选</source>
            <translation>Clear filters</translation>
        </message>
        <message>
            <source>撤回上一批…</source>
            <translation>Take back…</translation>
        </message>
        <message>
            <source>为列出的图斑写出会商材料（可打印的网页），每个图斑一张，有全部依据和签字栏</source>
            <translation>Write consultation papers for the listed patches (a page to print): one sheet a patch, with all grounds and room for signatures</translation>
        </message>
        <message>
            <source>会商材料…</source>
            <translation>Papers…</translation>
        </message>
        <message>
            <source>双击一行，把这一行的职责和单位填到下面</source>
            <translation>Double-click a row to fill in its duty and unit below</translation>
        </message>
        <message>
            <source>职责</source>
            <translation>Duty</translation>
        </message>
        <message>
            <source>单位</source>
            <translation>Unit</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>依据语句</source>
            <translation>Sentence</translation>
        </message>
        <message>
            <source>决定</source>
            <translation>Decision</translation>
        </message>
        <message>
            <source>办理(&amp;A)</source>
            <translation>&amp;Action</translation>
        </message>
        <message>
            <source>职责(&amp;Y)</source>
            <translation>Dut&amp;y</translation>
        </message>
        <message>
            <source>单位(&amp;N)</source>
            <translation>U&amp;nit</translation>
        </message>
        <message>
            <source>改派给(&amp;W)</source>
            <translation>Ne&amp;w unit</translation>
        </message>
        <message>
            <source>理由(&amp;R)</source>
            <translation>&amp;Reason</translation>
        </message>
        <message>
            <source>为什么这样定（待会商的必须写）</source>
            <translation>Required where units disagree</translation>
        </message>
        <message>
            <source>依据(&amp;E)</source>
            <translation>R&amp;eference</translation>
        </message>
        <message>
            <source>文号或会议纪要，如：会议纪要〔2021〕3号</source>
            <translation>e.g. 会议纪要〔2021〕3号</translation>
        </message>
        <message>
            <source>决定人(&amp;P)</source>
            <translation>&amp;Person</translation>
        </message>
        <message>
            <source>作出决定的人；会议决定的写主持人</source>
            <translation>Who decided; for a meeting, who chaired it</translation>
        </message>
        <message>
            <source>日期(&amp;D)</source>
            <translation>&amp;Date</translation>
        </message>
        <message>
            <source>用于(&amp;O)</source>
            <translation>F&amp;or</translation>
        </message>
        <message>
            <source>只决定正在看的图斑，或成批决定选中的、筛选出的图斑；成批的先看清变化再记录</source>
            <translation>Decide only the patch shown, or all selected or listed patches at once; for a batch you see the changes before they are recorded</translation>
        </message>
        <message>
            <source>Ctrl+回车</source>
            <translation>Ctrl+Return</translation>
        </message>
        <message>
            <source>记录</source>
            <translation>Record</translation>
        </message>
        <message>
            <source>确定记录</source>
            <translation>Record</translation>
        </message>
        <message>
            <source>返回修改</source>
            <translation>Back to editing</translation>
        </message>
    </context>
    <context>
        <name>DashboardDock</name>
        <message>
            <source>统计看板</source>
            <translation>Dashboard</translation>
        </message>
        <message>
            <source>统计日期(&amp;A)</source>
            <translation>&amp;As of</translation>
        </message>
        <message>
            <source>各项数字都是到这一天为止的：这一天以后收到的图斑、作出的判定不算在内</source>
            <translation>All figures are as of this day: patches received and determinations made later do not count</translation>
        </message>
        <message>
            <source>统计到今天</source>
            <translation>Figures as of today</translation>
        </message>
        <message>
            <source>今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>口径(&amp;V)</source>
            <translation>&amp;View</translation>
        </message>
        <message>
            <source>拆分过的图斑：“原始下发”按下发时的一个算，“核实后”按拆分后的几个算。比例、期限、阶段、排序一律按核实后</source>
            <translation>Split patches: 原始下发 (as issued) counts the one that was issued, 核实后 (as verified) its parts. Ratio, deadlines, stages and ranking always count the parts</translation>
        </message>
        <message>
            <source>重新统计（F5）</source>
            <translation>Compute again (F5)</translation>
        </message>
        <message>
            <source>刷新</source>
            <translation>Refresh</translation>
        </message>
        <message>
            <source>把整个看板作为图片复制到剪贴板，可直接粘贴到文档里</source>
            <translation>Copy the whole dashboard as a picture, to paste into a document</translation>
        </message>
        <message>
            <source>复制图片</source>
            <translation>Copy picture</translation>
        </message>
        <message>
            <source>把整个看板存为PNG图片</source>
            <translation>Save the whole dashboard as a PNG picture</translation>
        </message>
        <message>
            <source>另存图片…</source>
            <translation>Save picture…</translation>
        </message>
    </context>
    <context>
        <name>DictionaryPage</name>
        <message>
            <source>判定字典</source>
            <translation>Categories</translation>
        </message>
        <message>
            <source>判定字典列出合法、违法、其他各有哪些类别，每类要填哪些举证内容。按年度选用随插件提供的字典，也可以用本单位的文件。已作的判定不受影响。</source>
            <translation>The dictionary of determinations lists the categories of 合法 (legal), 违法 (illegal) and 其他 (other), and the evidence that each asks for. Use the one that comes with the plug-in for the year, or a file of your own. Determinations already made stay as they are.</translation>
        </message>
        <message>
            <source>选用(&amp;D)</source>
            <translation>&amp;Dictionary</translation>
        </message>
        <message>
            <source>文件(&amp;F)</source>
            <translation>&amp;File</translation>
        </message>
        <message>
            <source>检查</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>采用</source>
            <translation>Adopt</translation>
        </message>
    </context>
    <context>
        <name>DispatchPage</name>
        <message>
            <source>下发任务</source>
            <translation>Tasks for units</translation>
        </message>
        <message>
            <source>任务清单</source>
            <translation>Task lists</translation>
        </message>
        <message>
            <source>给每个查处单位、乡镇街道各写一份图斑任务清单，请它们核查填报；填好后同样在“市级退回”页导回。</source>
            <translation>Writes each enforcement unit and township a list of its patches to check and fill in; read the filled lists back on the page “Returned”.</translation>
        </message>
        <message>
            <source>单位(&amp;U)</source>
            <translation>&amp;Units</translation>
        </message>
        <message>
            <source>不填为全部，多个用顿号隔开</source>
            <translation>Empty for all; separate several with 、</translation>
        </message>
        <message>
            <source>存到(&amp;O)</source>
            <translation>F&amp;older</translation>
        </message>
        <message>
            <source>生成任务清单</source>
            <translation>Write task lists</translation>
        </message>
        <message>
            <source>打开文件夹</source>
            <translation>Open folder</translation>
        </message>
    </context>
    <context>
        <name>EnvironmentPage</name>
        <message>
            <source>环境检查</source>
            <translation>Environment</translation>
        </message>
        <message>
            <source>插件用到的运行组件是否齐全。缺少时按下面的办法补装，本机不需要联网。</source>
            <translation>Whether all components that the plug-in needs are here. If one is missing, install it as described below; no internet is needed.</translation>
        </message>
        <message>
            <source>复制环境信息</source>
            <translation>Copy environment</translation>
        </message>
        <message>
            <source>复制到剪贴板，便于报修时粘贴</source>
            <translation>Copy to the clipboard, to paste into a request for help</translation>
        </message>
    </context>
    <context>
        <name>ExchangeDock</name>
        <message>
            <source>报送与退回</source>
            <translation>Exchange</translation>
        </message>
        <message>
            <source>还没有打开工作库，打开后可以上报、下发和导回。</source>
            <translation>No workspace is open. Open one to report, hand out and read back.</translation>
        </message>
    </context>
    <context>
        <name>ExportPage</name>
        <message>
            <source>导出上报</source>
            <translation>Report to city</translation>
        </message>
        <message>
            <source>把工作库里的全部图斑（拆分过的按子图斑）写成上报工作簿。市级填好退回后，在“市级退回”页导回；文件里留有编号，请不要删去隐藏的列和表。</source>
            <translation>Writes all patches of the workspace (split ones as their parts) into the workbook for the city. Read what the city returns on the page “Returned”; the file carries identifiers, so do not delete its hidden columns and sheets.</translation>
        </message>
        <message>
            <source>列模板(&amp;T)</source>
            <translation>Column &amp;template</translation>
        </message>
        <message>
            <source>模板文件(&amp;F)</source>
            <translation>Template &amp;file</translation>
        </message>
        <message>
            <source>自查(&amp;C)</source>
            <translation>Self-&amp;check</translation>
        </message>
        <message>
            <source>存为(&amp;O)</source>
            <translation>&amp;Output</translation>
        </message>
        <message>
            <source>导出</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>打开所在文件夹</source>
            <translation>Open its folder</translation>
        </message>
        <message>
            <source>打开工作簿</source>
            <translation>Open workbook</translation>
        </message>
    </context>
    <context>
        <name>HolidaysPage</name>
        <message>
            <source>节假日</source>
            <translation>Holidays</translation>
        </message>
        <message>
            <source>按工作日计算期限，或期满日遇节假日顺延时，用到这张表。每年国务院办公厅公布下一年安排后，加一年并核对。保存后写在工作库旁边的“节假日.yaml”里，插件升级不会覆盖它。</source>
            <translation>Used when terms count working days, or when a term that ends on a holiday moves on. Add a year and check it when the State Council has published the next year's arrangement. Saved as 节假日.yaml beside the workspace; an update of the plug-in leaves it alone.</translation>
        </message>
        <message>
            <source>加一年</source>
            <translation>Add a year</translation>
        </message>
        <message>
            <source>安排</source>
            <translation>Arrangement</translation>
        </message>
        <message>
            <source>通知文号(&amp;N)</source>
            <translation>Document &amp;number</translation>
        </message>
        <message>
            <source>日期已与通知核对</source>
            <translation>Dates checked against the notice</translation>
        </message>
        <message>
            <source>放假</source>
            <translation>Holiday</translation>
        </message>
        <message>
            <source>起</source>
            <translation>From</translation>
        </message>
        <message>
            <source>止</source>
            <translation>To</translation>
        </message>
        <message>
            <source>加一段放假</source>
            <translation>Add a holiday</translation>
        </message>
        <message>
            <source>删去选中</source>
            <translation>Delete selected</translation>
        </message>
        <message>
            <source>调休上班的周末（年-月-日，用顿号隔开）(&amp;W)</source>
            <translation>&amp;Weekends worked (yyyy-mm-dd, separated by 、)</translation>
        </message>
        <message>
            <source>保存节假日表</source>
            <translation>Save holidays</translation>
        </message>
    </context>
    <context>
        <name>ImageryDialog</name>
        <message>
            <source>批次影像</source>
            <translation>Imagery of batches</translation>
        </message>
        <message>
            <source>为每个批次选择前、后时相影像（GeoTIFF，可多幅）。影像留在原处，工作库只记住相对位置：把影像放在工作库旁边，一起复制就不用重选。</source>
            <translation>Choose imagery before and after for each batch (GeoTIFF, one or more). The images stay where they are, and the workspace keeps the relative path: put them beside the workspace and copy both together.</translation>
        </message>
        <message>
            <source>批次</source>
            <translation>Batch</translation>
        </message>
        <message>
            <source>前时相</source>
            <translation>Before</translation>
        </message>
        <message>
            <source>后时相</source>
            <translation>After</translation>
        </message>
        <message>
            <source>选择前时相(&amp;B)…</source>
            <translation>Choose &amp;before…</translation>
        </message>
        <message>
            <source>选择后时相(&amp;A)…</source>
            <translation>Choose &amp;after…</translation>
        </message>
        <message>
            <source>不再使用(&amp;D)</source>
            <translation>&amp;Do not use</translation>
        </message>
        <message>
            <source>所选批次不再显示影像；影像文件不动</source>
            <translation>No more imagery for the selected batch; the image files stay</translation>
        </message>
        <message>
            <source>关闭(&amp;C)</source>
            <translation>&amp;Close</translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message>
            <source>导入</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>新建工作库…</source>
            <translation>New workspace…</translation>
        </message>
        <message>
            <source>打开工作库…</source>
            <translation>Open workspace…</translation>
        </message>
        <message>
            <source>底图库(&amp;Y)</source>
            <translation>Base librar&amp;y</translation>
        </message>
        <message>
            <source>把文件拖到这里</source>
            <translation>Drop files here</translation>
        </message>
        <message>
            <source>支持 shapefile、GeoPackage、文件地理数据库（.gdb）、GeoJSON 和它们的压缩包（zip）</source>
            <translation>Reads shapefile, GeoPackage, file geodatabase (.gdb), GeoJSON, and zip archives of them</translation>
        </message>
        <message>
            <source>选择文件…</source>
            <translation>Choose file…</translation>
        </message>
        <message>
            <source>选择 .gdb 文件夹…</source>
            <translation>Choose .gdb folder…</translation>
        </message>
        <message>
            <source>换文件…</source>
            <translation>Other file…</translation>
        </message>
        <message>
            <source>批次</source>
            <translation>Batch</translation>
        </message>
        <message>
            <source>收到日期(&amp;D)</source>
            <translation>Receive&amp;d on</translation>
        </message>
        <message>
            <source>判定期限从收到之日起算</source>
            <translation>The determination term runs from this day</translation>
        </message>
        <message>
            <source>批次名称(&amp;B)</source>
            <translation>&amp;Batch name</translation>
        </message>
        <message>
            <source>如 2021年7月；不填则用文件名</source>
            <translation>e.g. 2021年7月; empty for the file's name</translation>
        </message>
        <message>
            <source>更新已有图斑（重新下发）</source>
            <translation>Update patches issued again</translation>
        </message>
        <message>
            <source>以前批次里已有的编号，更新下发字段和图形；已作的判定、确认的职责和办理阶段不动</source>
            <translation>Numbers known from earlier batches get the new fields and shapes; determinations, confirmed duties and stages stay</translation>
        </message>
        <message>
            <source>图层</source>
            <translation>Layer</translation>
        </message>
        <message>
            <source>图层种类(&amp;R)</source>
            <translation>&amp;Role</translation>
        </message>
        <message>
            <source>版本(&amp;V)</source>
            <translation>&amp;Version</translation>
        </message>
        <message>
            <source>如 2020年度变更调查</source>
            <translation>e.g. 2020年度变更调查</translation>
        </message>
        <message>
            <source>版本用于列表中的全部图层</source>
            <translation>This version is for all layers in the list</translation>
        </message>
        <message>
            <source>读取方式</source>
            <translation>How to read</translation>
        </message>
        <message>
            <source>数据(&amp;L)</source>
            <translation>&amp;Layer</translation>
        </message>
        <message>
            <source>文字编码(&amp;E)</source>
            <translation>&amp;Encoding</translation>
        </message>
        <message>
            <source>坐标系(&amp;C)</source>
            <translation>&amp;CRS</translation>
        </message>
        <message>
            <source>面积单位(&amp;U)</source>
            <translation>Area &amp;unit</translation>
        </message>
        <message>
            <source>字段对应</source>
            <translation>Fields</translation>
        </message>
        <message>
            <source>左边是要用的内容，右边是文件里的字段；认错了可以改选。</source>
            <translation>Left what is needed, right the field of the file; choose another if it was guessed wrong.</translation>
        </message>
        <message>
            <source>问题</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>数据</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>地图</source>
            <translation>Map</translation>
        </message>
        <message>
            <source>取消</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>打开报告</source>
            <translation>Open report</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>LettersPage</name>
        <message>
            <source>函件与总结</source>
            <translation>Letters</translation>
        </message>
        <message>
            <source>督办函、通报、约谈提请和年度工作总结，数据都从工作库里统计。下面是全文，底色标出的是填入的数据，鼠标指着可看名称；写成文档后还可以再改。</source>
            <translation>Supervision letter, circular, request for a summons and annual summary, with figures counted from the workspace. Below is the whole text; what is filled in lies on a tint and tells its name when pointed at. The document can be edited afterwards.</translation>
        </message>
        <message>
            <source>信函(&amp;L)</source>
            <translation>&amp;Letter</translation>
        </message>
        <message>
            <source>单位(&amp;U)</source>
            <translation>&amp;Unit</translation>
        </message>
        <message>
            <source>统计到(&amp;A)</source>
            <translation>&amp;As of</translation>
        </message>
        <message>
            <source>各期的截止日见实施方案；数字从年初累计到这一天</source>
            <translation>The plan sets the cut-off of each period; figures run from the beginning of the year to this day</translation>
        </message>
        <message>
            <source>存为(&amp;O)</source>
            <translation>&amp;Output</translation>
        </message>
        <message>
            <source>写成文档</source>
            <translation>Write document</translation>
        </message>
        <message>
            <source>打开文档</source>
            <translation>Open document</translation>
        </message>
        <message>
            <source>打开所在文件夹</source>
            <translation>Open its folder</translation>
        </message>
    </context>
    <context>
        <name>MonthPage</name>
        <message>
            <source>本月一键办理</source>
            <translation>Run the month</translation>
        </message>
        <message>
            <source>导入下发的图斑、套合分析、分派职责、导出上报工作簿，一次办完；每一步与单独办理完全相同。要先看看文件读得对不对，请用“导入图斑”。</source>
            <translation>Imports the issued patches, overlays them, assigns duties and exports the workbook for the city in one go; each step is the same as when done alone. To see first how the file is read, use “Import patches”.</translation>
        </message>
        <message>
            <source>办到</source>
            <translation>Into</translation>
        </message>
        <message>
            <source>图斑文件(&amp;F)</source>
            <translation>Patch &amp;file</translation>
        </message>
        <message>
            <source>收到日期(&amp;D)</source>
            <translation>Receive&amp;d on</translation>
        </message>
        <message>
            <source>真正收到的那一天：15日的判定期限从它的次日起算</source>
            <translation>The day they really came: the 15 days for the determination count from the day after</translation>
        </message>
        <message>
            <source>批次名称(&amp;B)</source>
            <translation>&amp;Batch name</translation>
        </message>
        <message>
            <source>工作簿存为(&amp;O)</source>
            <translation>Save w&amp;orkbook as</translation>
        </message>
        <message>
            <source>开始办理</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>打开导入报告</source>
            <translation>Open import report</translation>
        </message>
        <message>
            <source>打开工作簿</source>
            <translation>Open workbook</translation>
        </message>
    </context>
    <context>
        <name>NewWorkspaceDialog</name>
        <message>
            <source>新建工作库</source>
            <translation>New workspace</translation>
        </message>
        <message>
            <source>工作库是一个文件，存放一个年度的全部图斑、职责、判定和办理历史；备份、拷贝给同事，拷这个文件和旁边的“_举证材料”文件夹。</source>
            <translation>The workspace is one file with all patches, duties, determinations and the history of a year; to back it up or hand it on, copy this file and the folder beside it that ends in _举证材料.</translation>
        </message>
        <message>
            <source>年度</source>
            <translation>Year</translation>
        </message>
        <message>
            <source>存放位置</source>
            <translation>Place</translation>
        </message>
        <message>
            <source>实施方案</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>不选则按武隆区2021年实施方案（武隆府办发〔2021〕37号）</source>
            <translation>Empty for the plan of Wulong 2021 (武隆府办发〔2021〕37号)</translation>
        </message>
        <message>
            <source>实施方案不选，则按插件自带的武隆区2021年方案。</source>
            <translation>Without a plan file, the plan of Wulong 2021 that comes with the plug-in applies.</translation>
        </message>
    </context>
    <context>
        <name>PeoplePage</name>
        <message>
            <source>人员</source>
            <translation>People</translation>
        </message>
        <message>
            <source>您的姓名会记在每一步办理历史里：谁导入、谁判定、谁复核。复核人要与判定人不同时，也按这个姓名核对。同一台电脑换人办理时，请先在这里改名。</source>
            <translation>Your name goes into the history of every step: who imported, who determined, who reviewed. It also shows whether reviewer and determiner differ. When another person takes over this computer, change the name here first.</translation>
        </message>
        <message>
            <source>姓名(&amp;N)</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>保存</source>
            <translation>Save</translation>
        </message>
    </context>
    <context>
        <name>PlanPage</name>
        <message>
            <source>实施方案</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>方案文件写明谁负责查处、谁属地负责、期限几天，每条都引方案原文。换方案分三步：先检查写法，再试算影响，最后采用；采用只是登记，职责要再点“分派职责”才会变动，人已作的决定不动。</source>
            <translation>The plan file says who enforces, who is territorially responsible and how long the terms are, each with the plan's own words. To change it: check it, try its effect, adopt it. Adopting only registers the file: duties change when you run “Assign duties” again, and decisions people made stay.</translation>
        </message>
        <message>
            <source>换一份方案文件</source>
            <translation>Another plan file</translation>
        </message>
        <message>
            <source>1. 检查写法</source>
            <translation>1. Check</translation>
        </message>
        <message>
            <source>2. 试算影响</source>
            <translation>2. Try its effect</translation>
        </message>
        <message>
            <source>3. 采用</source>
            <translation>3. Adopt</translation>
        </message>
        <message>
            <source>打开报告</source>
            <translation>Open report</translation>
        </message>
    </context>
    <context>
        <name>PrecheckPage</name>
        <message>
            <source>上报前自查</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>按市级审核常见的退回原因逐图斑检查。点一条原因看有哪些图斑，点一个图斑就转到它。</source>
            <translation>Checks each patch for the reasons the city usually returns it for. Click a reason for its patches, click a patch to go to it.</translation>
        </message>
        <message>
            <source>开始自查</source>
            <translation>Check now</translation>
        </message>
        <message>
            <source>打开报告</source>
            <translation>Open report</translation>
        </message>
    </context>
    <context>
        <name>ReturnPage</name>
        <message>
            <source>市级退回</source>
            <translation>Returned</translation>
        </message>
        <message>
            <source>选市级退回的、或单位填好交回的工作簿，读取后逐行对照：勾选的才采用，冲突的由人定。读取不改动工作库。</source>
            <translation>Choose a workbook that the city returned or a unit filled in. It is compared row by row: only what is ticked is taken, a person decides about conflicts. Reading changes nothing in the workspace.</translation>
        </message>
        <message>
            <source>读取对照</source>
            <translation>Read and compare</translation>
        </message>
        <message>
            <source>按图斑编号、列名、内容查找</source>
            <translation>Find by number, column or text</translation>
        </message>
        <message>
            <source>所列全部采用</source>
            <translation>Accept all listed</translation>
        </message>
        <message>
            <source>所列全部不采用</source>
            <translation>Accept none listed</translation>
        </message>
        <message>
            <source>打开报告</source>
            <translation>Open report</translation>
        </message>
        <message>
            <source>采用勾选的内容</source>
            <translation>Accept what is ticked</translation>
        </message>
    </context>
    <context>
        <name>ReviewDock</name>
        <message>
            <source>核查判定</source>
            <translation>Review</translation>
        </message>
    </context>
    <context>
        <name>ReviewFiles</name>
        <message>
            <source>附上文件…</source>
            <translation>Attach files…</translation>
        </message>
        <message>
            <source>文件会复制到工作库旁的“举证材料”文件夹，并记下校验码；也可以把文件拖到这里</source>
            <translation>Files are copied into the folder 举证材料 beside the workspace, with their checksums; you can also drop files here</translation>
        </message>
        <message>
            <source>打开</source>
            <translation>Open</translation>
        </message>
        <message>
            <source>打开文件夹</source>
            <translation>Open folder</translation>
        </message>
        <message>
            <source>撤下</source>
            <translation>Remove</translation>
        </message>
    </context>
    <context>
        <name>ReviewForm</name>
        <message>
            <source>采用</source>
            <translation>Accept</translation>
        </message>
        <message>
            <source>合法</source>
            <translation>Legal</translation>
        </message>
        <message>
            <source>违法</source>
            <translation>Illegal</translation>
        </message>
        <message>
            <source>其他</source>
            <translation>Other</translation>
        </message>
        <message>
            <source>存疑</source>
            <translation>Doubtful</translation>
        </message>
        <message>
            <source>同上一条</source>
            <translation>Same as last</translation>
        </message>
        <message>
            <source>类别</source>
            <translation>Category</translation>
        </message>
        <message>
            <source>依据</source>
            <translation>Grounds</translation>
        </message>
        <message>
            <source>为什么这样判定，必填</source>
            <translation>Why this determination; required</translation>
        </message>
        <message>
            <source>文号</source>
            <translation>Document no.</translation>
        </message>
        <message>
            <source>判定人</source>
            <translation>Determined by</translation>
        </message>
        <message>
            <source>姓名，填一次即可</source>
            <translation>Name; needed once only</translation>
        </message>
        <message>
            <source>判定日期，不填就是今天；写成 2021-07-20 的样子</source>
            <translation>Day of the determination, such as 2021-07-20; empty for today</translation>
        </message>
        <message>
            <source>撤销</source>
            <translation>Undo</translation>
        </message>
        <message>
            <source>保存，下一个</source>
            <translation>Save, next</translation>
        </message>
    </context>
    <context>
        <name>ReviewPatch</name>
        <message>
            <source>‹</source>
            <translation>‹</translation>
        </message>
        <message>
            <source>›</source>
            <translation>›</translation>
        </message>
        <message>
            <source>缩放</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>闪烁</source>
            <translation>Flash</translation>
        </message>
        <message>
            <source>影像</source>
            <translation>Imagery</translation>
        </message>
        <message>
            <source>前后时相影像对比</source>
            <translation>Compare the imagery before and after</translation>
        </message>
        <message>
            <source>套合与职责</source>
            <translation>Overlay and duties</translation>
        </message>
        <message>
            <source>下发属性</source>
            <translation>Issued fields</translation>
        </message>
        <message>
            <source>举证材料</source>
            <translation>Evidence</translation>
        </message>
        <message>
            <source>历史</source>
            <translation>History</translation>
        </message>
    </context>
    <context>
        <name>ReviewQueue</name>
        <message>
            <source>搜索编号、乡镇、单位…</source>
            <translation>Search number, township, unit…</translation>
        </message>
        <message>
            <source>重置</source>
            <translation>Reset</translation>
        </message>
        <message>
            <source>清除全部筛选，显示所有图斑</source>
            <translation>Clear all filters and show every patch</translation>
        </message>
        <message>
            <source>按办理阶段筛选</source>
            <translation>Filter by stage</translation>
        </message>
        <message>
            <source>按剩余天数筛选</source>
            <translation>Filter by days left</translation>
        </message>
        <message>
            <source>按乡镇筛选</source>
            <translation>Filter by township</translation>
        </message>
        <message>
            <source>按查处单位筛选</source>
            <translation>Filter by enforcement unit</translation>
        </message>
        <message>
            <source>待会商</source>
            <translation>Needs consultation</translation>
        </message>
        <message>
            <source>只看待会商的图斑</source>
            <translation>Only patches that need consultation (待会商)</translation>
        </message>
        <message>
            <source>未评估</source>
            <translation>Not evaluated</translation>
        </message>
        <message>
            <source>只看有图层未评估的图斑</source>
            <translation>Only patches with a layer that was not evaluated (未评估)</translation>
        </message>
        <message>
            <source>存疑</source>
            <translation>Doubtful</translation>
        </message>
        <message>
            <source>只看记为存疑的图斑</source>
            <translation>Only patches noted as doubtful (存疑)</translation>
        </message>
    </context>
    <context>
        <name>RulesPage</name>
        <message>
            <source>期限与计日</source>
            <translation>Terms and days</translation>
        </message>
        <message>
            <source>这些数来自现行方案文件。标“非文件规定”的，方案没有写，是工作设置，可以按区里的意见改：改方案文件里 deadlines、ratio 两段，再到“实施方案”页检查、试算、采用。</source>
            <translation>These values come from the plan file in force. Those marked 非文件规定 are not in the plan: they are working settings that the district may change. Edit the sections deadlines and ratio of the plan file, then check, try and adopt it on the page “Plan”.</translation>
        </message>
        <message>
            <source>复核</source>
            <translation>Review</translation>
        </message>
        <message>
            <source>复核人须与判定人不同</source>
            <translation>The reviewer must differ from the determiner</translation>
        </message>
        <message>
            <source>选中时，自己判定的图斑自己不能复核。人手不够时可以取消，每次改动都记入办理历史。（非文件规定）</source>
            <translation>When ticked, nobody reviews what they determined. Untick it when you are short of people; every change goes into the history. (Not from the plan)</translation>
        </message>
        <message>
            <source>保存复核设置</source>
            <translation>Save review setting</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>设置</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>人员</source>
            <translation>People</translation>
        </message>
        <message>
            <source>实施方案</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>判定字典</source>
            <translation>Categories</translation>
        </message>
        <message>
            <source>节假日</source>
            <translation>Holidays</translation>
        </message>
        <message>
            <source>期限与计日</source>
            <translation>Terms and days</translation>
        </message>
        <message>
            <source>环境检查</source>
            <translation>Environment</translation>
        </message>
        <message>
            <source>备份</source>
            <translation>Backups</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>TasksPage</name>
        <message>
            <source>退回待办</source>
            <translation>Tasks</translation>
        </message>
        <message>
            <source>市级每退回一个原因，就是一件待办；图斑重新上报或审核结束后自动销号。点一行转到那个图斑。</source>
            <translation>Each reason the city returns a patch for is a task; it is closed when the patch is reported again or its examination ends. Click a row to go to the patch.</translation>
        </message>
        <message>
            <source>只看未办结的</source>
            <translation>Open ones only</translation>
        </message>
    </context>
    <context>
        <name>weipian</name>
        <message>
            <source>卫片执法 {version}</source>
            <translation>Patch enforcement {version}</translation>
        </message>
        <message>
            <source>缺少运行组件，请按上面的办法补装。</source>
            <translation>Components are missing; please install them as described above.</translation>
        </message>
        <message>
            <source>环境检查通过。</source>
            <translation>Everything needed is here.</translation>
        </message>
        <message>
            <source>正常</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>已复制到剪贴板。</source>
            <translation>Copied to the clipboard.</translation>
        </message>
        <message>
            <source>查看工作库</source>
            <translation>Look at workspace</translation>
        </message>
        <message>
            <source>请先打开或新建工作库。</source>
            <translation>Open or make a workspace first.</translation>
        </message>
        <message>
            <source>请先选择底图库，或导入底图图层。</source>
            <translation>Choose the base library or import base layers first.</translation>
        </message>
        <message>
            <source>工作库里还没有图斑，请先导入图斑。</source>
            <translation>The workspace has no patches yet: import them first.</translation>
        </message>
        <message>
            <source>图斑还没有套合，请先做套合分析。</source>
            <translation>The patches have not been overlaid yet: run the overlay first.</translation>
        </message>
        <message>
            <source>还没有分派职责，请先分派。</source>
            <translation>Duties have not been assigned yet: assign them first.</translation>
        </message>
        <message>
            <source>卫片执法插件不完整，请重新安装插件。</source>
            <translation>The plug-in is incomplete; please install it again.</translation>
        </message>
        <message>
            <source>复制或保存这张图</source>
            <translation>Copy or save this chart</translation>
        </message>
        <message>
            <source>复制图片</source>
            <translation>Copy picture</translation>
        </message>
        <message>
            <source>复制数字</source>
            <translation>Copy figures</translation>
        </message>
        <message>
            <source>另存为PNG图片…</source>
            <translation>Save as PNG…</translation>
        </message>
        <message>
            <source>工作库</source>
            <translation>Workspace</translation>
        </message>
        <message>
            <source>打开或新建一个年度的工作库</source>
            <translation>Open or make the workspace of a year</translation>
        </message>
        <message>
            <source>底图库</source>
            <translation>Base library</translation>
        </message>
        <message>
            <source>选择底图库，或把底图图层导入底图库</source>
            <translation>Choose the base library, or import base layers into it</translation>
        </message>
        <message>
            <source>导入图斑</source>
            <translation>Import patches</translation>
        </message>
        <message>
            <source>把下发的卫片图斑导入工作库</source>
            <translation>Import issued patches into the workspace</translation>
        </message>
        <message>
            <source>套合分析</source>
            <translation>Overlay</translation>
        </message>
        <message>
            <source>全部图斑与底图库各图层套合，计算面积</source>
            <translation>Overlay all patches with the layers of the base library</translation>
        </message>
        <message>
            <source>分派职责</source>
            <translation>Assign duties</translation>
        </message>
        <message>
            <source>按实施方案提出各图斑的职责单位</source>
            <translation>Propose the responsible units of each patch under the plan</translation>
        </message>
        <message>
            <source>地图</source>
            <translation>Map</translation>
        </message>
        <message>
            <source>显示全部图斑；旁边的菜单换着色、对比前后时相</source>
            <translation>Show all patches; the menu beside it changes colours and compares dates</translation>
        </message>
        <message>
            <source>核查判定</source>
            <translation>Review</translation>
        </message>
        <message>
            <source>逐个核查图斑，记录判定和举证</source>
            <translation>Review patch by patch, record determination and evidence</translation>
        </message>
        <message>
            <source>会商台</source>
            <translation>Conflict desk</translation>
        </message>
        <message>
            <source>几家单位都有职责的图斑，并排比较后定夺</source>
            <translation>Patches that several units claim, side by side, to be decided</translation>
        </message>
        <message>
            <source>统计</source>
            <translation>Dashboard</translation>
        </message>
        <message>
            <source>违法占用耕地比例、期限、阶段和乡镇排序</source>
            <translation>Farmland ratio, deadlines, stages and townships</translation>
        </message>
        <message>
            <source>报送与退回</source>
            <translation>Exchange</translation>
        </message>
        <message>
            <source>上报自查、导出报市级的工作簿、读回市级退回</source>
            <translation>Self-check, workbook for the city, what the city returns</translation>
        </message>
        <message>
            <source>设置</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>人员、实施方案、判定字典、节假日、期限和备份</source>
            <translation>People, plan, dictionary, holidays, deadlines and backups</translation>
        </message>
        <message>
            <source>本月一键办理</source>
            <translation>Run the month</translation>
        </message>
        <message>
            <source>导入、套合、分派、导出一次办完</source>
            <translation>Import, overlay, assign and export in one go</translation>
        </message>
        <message>
            <source>关于/环境检查</source>
            <translation>About / environment check</translation>
        </message>
        <message>
            <source>版本和运行环境</source>
            <translation>Version and environment</translation>
        </message>
        <message>
            <source>卫片执法</source>
            <translation>Patch enforcement</translation>
        </message>
        <message>
            <source>确定记录{count}个</source>
            <translation>Record {count}</translation>
        </message>
        <message>
            <source>没有一个图斑会因此改变，不用记录。</source>
            <translation>No patch would change: there is nothing to record.</translation>
        </message>
        <message>
            <source>返回修改</source>
            <translation>Back to editing</translation>
        </message>
        <message>
            <source>还没有记录。</source>
            <translation>Nothing is recorded yet.</translation>
        </message>
        <message>
            <source>{count}个由{before}改为{after}</source>
            <translation>{count} from {before} to {after}</translation>
        </message>
        <message>
            <source>{count}个维持现单位</source>
            <translation>{count} keep their unit</translation>
        </message>
        <message>
            <source>{count}个已有相同记录</source>
            <translation>{count} have the same record already</translation>
        </message>
        <message>
            <source>{count}个不能记录（列在最前，说明里有原因）</source>
            <translation>{count} cannot be recorded (listed first, with the reason)</translation>
        </message>
        <message>
            <source>；</source>
            <translation>; </translation>
        </message>
        <message>
            <source>。</source>
            <translation>.</translation>
        </message>
        <message>
            <source>已记录{done}个，未记录{refused}个。</source>
            <translation>Recorded: {done}; not recorded: {refused}.</translation>
        </message>
        <message>
            <source>完成</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>正在办理…</source>
            <translation>Working…</translation>
        </message>
        <message>
            <source>已定</source>
            <translation>Decided</translation>
        </message>
        <message>
            <source>建议</source>
            <translation>Proposed</translation>
        </message>
        <message>
            <source>现查处</source>
            <translation>Enforces now</translation>
        </message>
        <message>
            <source>边角，不计</source>
            <translation>Sliver, does not count</translation>
        </message>
        <message>
            <source>及于整个图斑</source>
            <translation>The whole patch</translation>
        </message>
        <message>
            <source>{mu:.2f}亩，占{share:.1%}</source>
            <translation>{mu:.2f} mu, {share:.1%}</translation>
        </message>
        <message>
            <source>（边角，不计）</source>
            <translation> (sliver, does not count)</translation>
        </message>
        <message>
            <source>{clause}“{words}”</source>
            <translation>{clause} “{words}”</translation>
        </message>
        <message>
            <source>由该单位查处</source>
            <translation>Let it enforce</translation>
        </message>
        <message>
            <source>在下面填入：查处单位定为{unit}</source>
            <translation>Fill in below: {unit} becomes the enforcement unit</translation>
        </message>
        <message>
            <source>刚记录的这一批，改派的改回原单位，增加的撤销，撤销的恢复；确认的不能收回。先看变化再记录</source>
            <translation>For the batch just recorded: what was reassigned goes back, what was added is removed, what was removed comes back; confirmations stay. You see the changes before they are recorded</translation>
        </message>
        <message>
            <source>读取待会商图斑</source>
            <translation>Read patches in consultation</translation>
        </message>
        <message>
            <source>列出{listed}个，共{total}个</source>
            <translation>{listed} of {total}</translation>
        </message>
        <message>
            <source>没有列出图斑，请放宽筛选。</source>
            <translation>No patch is listed: widen the filter.</translation>
        </message>
        <message>
            <source>正在读取……</source>
            <translation>Reading…</translation>
        </message>
        <message>
            <source>读取图斑{number}</source>
            <translation>Read patch {number}</translation>
        </message>
        <message>
            <source>没有读到这个图斑，原因见消息栏。</source>
            <translation>This patch could not be read, see the message bar.</translation>
        </message>
        <message>
            <source>没有符合条件的图斑。</source>
            <translation>No patch fits the filters.</translation>
        </message>
        <message>
            <source>还没有打开工作库。</source>
            <translation>No workspace is open.</translation>
        </message>
        <message>
            <source>请先在左边选中图斑。</source>
            <translation>Select patches on the left first.</translation>
        </message>
        <message>
            <source>这个图斑还没有显示出来，请稍候再记录。</source>
            <translation>This patch is not shown yet; record in a moment.</translation>
        </message>
        <message>
            <source>请填写决定人。</source>
            <translation>Fill in the person who decides.</translation>
        </message>
        <message>
            <source>撤回后单位改回原来的，但图斑仍算已由人决定，不再回到待会商；记录都保留在历史里。</source>
            <translation>The units go back to what they were, but the patches stay decided by a person and do not return to 待会商; the history keeps every record.</translation>
        </message>
        <message>
            <source>{kept}个确认不能收回：要换单位请用“定为”。</source>
            <translation>Confirmations that cannot be taken back: {kept}. To change the unit, use “Settle on”.</translation>
        </message>
        <message>
            <source>上一批都是确认，不能收回；要换单位请用“定为”。</source>
            <translation>The last batch only confirmed, and that cannot be taken back; to change the unit, use “Settle on”.</translation>
        </message>
        <message>
            <source>撤回上一批决定：{count}个图斑</source>
            <translation>Take back the last decisions: {count} patches</translation>
        </message>
        <message>
            <source>预览职责变化</source>
            <translation>Preview changes of duties</translation>
        </message>
        <message>
            <source>记录职责决定</source>
            <translation>Record decisions on duties</translation>
        </message>
        <message>
            <source>这次打开工作库后还没有记录过决定。</source>
            <translation>No decision has been recorded since the workspace was opened.</translation>
        </message>
        <message>
            <source>会商材料.html</source>
            <translation>会商材料.html</translation>
        </message>
        <message>
            <source>会商材料</source>
            <translation>Consultation papers</translation>
        </message>
        <message>
            <source>网页 (*.html)</source>
            <translation>Web page (*.html)</translation>
        </message>
        <message>
            <source>写会商材料</source>
            <translation>Write consultation papers</translation>
        </message>
        <message>
            <source>会商材料已写好，{count}个图斑：{path}</source>
            <translation>Consultation papers written for {count} patches: {path}</translation>
        </message>
        <message>
            <source>图斑编号</source>
            <translation>Patch number</translation>
        </message>
        <message>
            <source>乡镇</source>
            <translation>Township</translation>
        </message>
        <message>
            <source>亩</source>
            <translation>mu</translation>
        </message>
        <message>
            <source>现查处单位</source>
            <translation>Enforces now</translation>
        </message>
        <message>
            <source>有查处职责的单位</source>
            <translation>Units with a claim</translation>
        </message>
        <message>
            <source>依据</source>
            <translation>Grounds</translation>
        </message>
        <message>
            <source>定为</source>
            <translation>Settle on</translation>
        </message>
        <message>
            <source>由这一个单位承担，不论现在是谁</source>
            <translation>This unit takes it, whoever has it now</translation>
        </message>
        <message>
            <source>确认</source>
            <translation>Confirm</translation>
        </message>
        <message>
            <source>维持现在的单位</source>
            <translation>Keep the unit it has now</translation>
        </message>
        <message>
            <source>改派</source>
            <translation>Reassign</translation>
        </message>
        <message>
            <source>从一个单位改给另一个单位</source>
            <translation>From one unit to another</translation>
        </message>
        <message>
            <source>增加</source>
            <translation>Add</translation>
        </message>
        <message>
            <source>另外再加一个单位</source>
            <translation>One more unit</translation>
        </message>
        <message>
            <source>撤销</source>
            <translation>Undo</translation>
        </message>
        <message>
            <source>不再由该单位承担</source>
            <translation>The unit no longer has it</translation>
        </message>
        <message>
            <source>原单位(&amp;N)</source>
            <translation>Old u&amp;nit</translation>
        </message>
        <message>
            <source>单位(&amp;N)</source>
            <translation>U&amp;nit</translation>
        </message>
        <message>
            <source>只有一个单位时可不填</source>
            <translation>May stay empty when there is only one</translation>
        </message>
        <message>
            <source>正在看的图斑</source>
            <translation>This patch</translation>
        </message>
        <message>
            <source>选中的{count}个图斑</source>
            <translation>{count} selected</translation>
        </message>
        <message>
            <source>列出的{count}个图斑</source>
            <translation>{count} listed</translation>
        </message>
        <message>
            <source>记录</source>
            <translation>Record</translation>
        </message>
        <message>
            <source>预览变化…</source>
            <translation>Preview…</translation>
        </message>
        <message>
            <source>请填写单位。</source>
            <translation>Fill in the unit.</translation>
        </message>
        <message>
            <source>请填写改派给哪个单位。</source>
            <translation>Fill in the unit that takes over.</translation>
        </message>
        <message>
            <source>请填写理由。</source>
            <translation>Fill in the reason.</translation>
        </message>
        <message>
            <source>{duty}单位定为{unit}</source>
            <translation>{duty}: settle on {unit}</translation>
        </message>
        <message>
            <source>确认{unit}的{duty}职责</source>
            <translation>confirm {unit} for {duty}</translation>
        </message>
        <message>
            <source>{duty}由{unit}改派{new_unit}</source>
            <translation>{duty}: reassign from {unit} to {new_unit}</translation>
        </message>
        <message>
            <source>增加{unit}{duty}</source>
            <translation>add {unit} for {duty}</translation>
        </message>
        <message>
            <source>撤销{unit}的{duty}职责</source>
            <translation>remove {unit} from {duty}</translation>
        </message>
        <message>
            <source>现单位</source>
            <translation>its unit</translation>
        </message>
        <message>
            <source>{count}个图斑，{what}</source>
            <translation>{count} patches, {what}</translation>
        </message>
        <message>
            <source>{name}（{count}）</source>
            <translation>{name} ({count})</translation>
        </message>
        <message>
            <source>全部（{count}）</source>
            <translation>All ({count})</translation>
        </message>
        <message>
            <source>（不明）</source>
            <translation>(unknown)</translation>
        </message>
        <message>
            <source>不能记录</source>
            <translation>Cannot be recorded</translation>
        </message>
        <message>
            <source>将记录</source>
            <translation>Will be recorded</translation>
        </message>
        <message>
            <source>已有相同记录</source>
            <translation>Same record exists</translation>
        </message>
        <message>
            <source>已记录</source>
            <translation>Recorded</translation>
        </message>
        <message>
            <source>未记录</source>
            <translation>Not recorded</translation>
        </message>
        <message>
            <source>变化</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>结果</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>说明</source>
            <translation>Explanation</translation>
        </message>
        <message>
            <source>综合得分</source>
            <translation>Total score</translation>
        </message>
        <message>
            <source>违法用地占用耕地</source>
            <translation>Farmland taken illegally</translation>
        </message>
        <message>
            <source>合法新增建设用地占用耕地</source>
            <translation>Farmland taken legally</translation>
        </message>
        <message>
            <source>未判定、未查清的耕地（最多）</source>
            <translation>Farmland not judged (at most)</translation>
        </message>
        <message>
            <source>比例最低、最高</source>
            <translation>Ratio, lowest and highest</translation>
        </message>
        <message>
            <source>{name}：{figure}。
</source>
            <translation>{name}: {figure}.
</translation>
        </message>
        <message>
            <source>违法占用耕地面积比例：{shown}，{verdict}。
</source>
            <translation>Share of farmland taken illegally: {shown}, {verdict}.
</translation>
        </message>
        <message>
            <source>分母为0，尚无比例</source>
            <translation>no ratio yet, nothing to divide by</translation>
        </message>
        <message>
            <source>已达到{limit}</source>
            <translation>≥ {limit}</translation>
        </message>
        <message>
            <source>低于{limit}，可能超过</source>
            <translation>below {limit}, may exceed it</translation>
        </message>
        <message>
            <source>低于{limit}</source>
            <translation>below {limit}</translation>
        </message>
        <message>
            <source>{name}：{count}个图斑</source>
            <translation>{name}: {count} patches</translation>
        </message>
        <message>
            <source>没有图斑</source>
            <translation>No patches</translation>
        </message>
        <message>
            <source>{town}：不排名，图斑{patches}个</source>
            <translation>{town}: not ranked, {patches} patches</translation>
        </message>
        <message>
            <source>{town}：第{place}名，得分{score:.2f}，图斑{patches}个</source>
            <translation>{town}: place {place}, score {score:.2f}, patches {patches}</translation>
        </message>
        <message>
            <source>（乡镇不明）</source>
            <translation>(township unknown)</translation>
        </message>
        <message>
            <source>违法占耕比例（月末）</source>
            <translation>Illegal share</translation>
        </message>
        <message>
            <source>下发图斑</source>
            <translation>Issued patches</translation>
        </message>
        <message>
            <source>{month}月</source>
            <translation>{month}</translation>
        </message>
        <message>
            <source>，</source>
            <translation>, </translation>
        </message>
        <message>
            <source>{month}：下发{issued}个，核实后{verified}个（{judged}）</source>
            <translation>{month}: {issued} issued, {verified} as verified ({judged})</translation>
        </message>
        <message>
            <source>；截至月末违法占耕比例{shown}</source>
            <translation>; share of farmland taken illegally at the end of the month {shown}</translation>
        </message>
        <message>
            <source>{count}个图斑，{area:.2f}亩，其中耕地{farmland:.2f}亩、永久基本农田{basic:.2f}亩</source>
            <translation>{count} patches, {area:.2f} mu, of it farmland {farmland:.2f} mu and basic farmland {basic:.2f} mu</translation>
        </message>
        <message>
            <source>耕地未查清{count}个</source>
            <translation>farmland of {count} unknown</translation>
        </message>
        <message>
            <source>永久基本农田未评估{count}个</source>
            <translation>basic farmland of {count} not evaluated</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>（核实后没有计入：{lacking}）</source>
            <translation> (as verified, not counted: {lacking})</translation>
        </message>
        <message>
            <source>{mu:.2f}亩</source>
            <translation>{mu:.2f} mu</translation>
        </message>
        <message>
            <source>按哪一项排序</source>
            <translation>What to rank by</translation>
        </message>
        <message>
            <source>排序指标</source>
            <translation>Ranking criterion</translation>
        </message>
        <message>
            <source>违法占用耕地面积比例</source>
            <translation>Share of farmland taken illegally</translation>
        </message>
        <message>
            <source>判定期限</source>
            <translation>Determination deadlines</translation>
        </message>
        <message>
            <source>办理阶段</source>
            <translation>Stage</translation>
        </message>
        <message>
            <source>按收到月份</source>
            <translation>By month of receipt</translation>
        </message>
        <message>
            <source>乡镇排序</source>
            <translation>Ranking of townships</translation>
        </message>
        <message>
            <source>正在统计…</source>
            <translation>Computing…</translation>
        </message>
        <message>
            <source>统计看板</source>
            <translation>Dashboard</translation>
        </message>
        <message>
            <source>没有统计成，请看上方的提示</source>
            <translation>No figures; see the message above</translation>
        </message>
        <message>
            <source>还没有打开工作库。打开或新建工作库后，这里显示统计数字。</source>
            <translation>No workspace is open. Open or make one to see its figures here.</translation>
        </message>
        <message>
            <source>还没有统计数字。</source>
            <translation>There are no figures yet.</translation>
        </message>
        <message>
            <source>权重：{origin}；算法见统计表</source>
            <translation>Weights: {origin}; see sheet 乡镇排序</translation>
        </message>
        <message>
            <source>{view}：{totals}</source>
            <translation>{view}: {totals}</translation>
        </message>
        <message>
            <source>{district}{year}年土地矿产卫片执法统计看板（截至{day}）</source>
            <translation>Patch enforcement {district} {year}, as of {day}</translation>
        </message>
        <message>
            <source>看板图片已复制到剪贴板。</source>
            <translation>The picture was copied to the clipboard.</translation>
        </message>
        <message>
            <source>另存为PNG图片</source>
            <translation>Save as PNG</translation>
        </message>
        <message>
            <source>PNG图片 (*.png)</source>
            <translation>PNG picture (*.png)</translation>
        </message>
        <message>
            <source>保存图片</source>
            <translation>Save picture</translation>
        </message>
        <message>
            <source>图片已保存：{path}</source>
            <translation>Picture saved: {path}</translation>
        </message>
        <message>
            <source>写不了“{}”，请检查磁盘空间和路径后重试。</source>
            <translation>“{}” cannot be written; check disk space and path and try again.</translation>
        </message>
        <message>
            <source>缺少</source>
            <translation>missing</translation>
        </message>
        <message>
            <source>已安装但无法加载（{}）</source>
            <translation>installed but does not load ({})</translation>
        </message>
        <message>
            <source>版本过低，需要 {} 及以上</source>
            <translation>too old, {} or later is needed</translation>
        </message>
        <message>
            <source>卫片执法插件缺少运行组件：{}。补装之前各项功能不可用，办法见“关于/环境检查”。</source>
            <translation>The patch enforcement plug-in lacks components: {}. Nothing works until they are installed; see “About / environment check”.</translation>
        </message>
        <message>
            <source>补装办法（本机不需要联网）：

办法一：安装 QGIS 3.40 或更高版本的官方 Windows 安装包（.msi，要管理员权限），所需组件都在里面。
装好后重新打开 QGIS。

办法二：只补装缺少的组件，不需要管理员权限。
用于 Python 3.12 的 QGIS：3.40 官方版即是；在“OSGeo4W Shell”里执行 python -V 可以看到版本。
1. 向提供插件的人索取 {wheels} 文件夹，用 U 盘拷到本机；不用解压，也不要改里面的文件名。
   要不到时，在能上网、装有同版本 QGIS 的电脑上打开“OSGeo4W Shell”，执行：
   python -m pip download -d {wheels} {wanted}
2. 在本机关闭 QGIS，从开始菜单的 QGIS 文件夹里打开“OSGeo4W Shell”。
   进入 {wheels} 所在的位置（在 U 盘上就输入盘符，例如 E: 再回车），执行：
   python -m pip install --user --no-index --find-links {wheels} {wanted}
3. 重新打开 QGIS，“关于/环境检查”里每一项都显示“正常”即可。
</source>
            <translation>How to install them (this computer needs no internet):

First way: install QGIS 3.40 or later from the official Windows installer (.msi, asks for an administrator); it has all that is needed.
Then start QGIS again.

Second way: add only what is missing, without an administrator.
For a QGIS with Python 3.12: the official 3.40 is one; python -V in the “OSGeo4W Shell” tells the version.
1. Ask whoever gave you the plug-in for the folder {wheels} and copy it here from a USB stick; do not unpack or rename what is in it.
   If there is none, open the “OSGeo4W Shell” on a computer with internet and the same version of QGIS, and run:
   python -m pip download -d {wheels} {wanted}
2. Close QGIS on this computer and open the “OSGeo4W Shell” from the QGIS folder of the start menu.
   Go to where {wheels} lies (on a USB stick type its drive, such as E: and Enter), and run:
   python -m pip install --user --no-index --find-links {wheels} {wanted}
3. Start QGIS again; all is well when every line of “About / environment check” says OK.
</translation>
        </message>
        <message>
            <source>采用</source>
            <translation>Accept</translation>
        </message>
        <message>
            <source>图斑编号、列</source>
            <translation>Patch, column</translation>
        </message>
        <message>
            <source>现在</source>
            <translation>Now</translation>
        </message>
        <message>
            <source>对方</source>
            <translation>Theirs</translation>
        </message>
        <message>
            <source>说明、位置</source>
            <translation>Note, place</translation>
        </message>
        <message>
            <source>对方改动</source>
            <translation>Changed by them</translation>
        </message>
        <message>
            <source>退回</source>
            <translation>Returned</translation>
        </message>
        <message>
            <source>冲突</source>
            <translation>Conflict</translation>
        </message>
        <message>
            <source>不能采用</source>
            <translation>Cannot be accepted</translation>
        </message>
        <message>
            <source>面积不符</source>
            <translation>Areas differ</translation>
        </message>
        <message>
            <source>对不上图斑</source>
            <translation>No such patch</translation>
        </message>
        <message>
            <source>不需采用</source>
            <translation>Nothing to accept</translation>
        </message>
        <message>
            <source>导出时：{text}</source>
            <translation>As exported: {text}</translation>
        </message>
        <message>
            <source>空</source>
            <translation>empty</translation>
        </message>
        <message>
            <source>{}：面积不由工作簿改动</source>
            <translation>{}: a workbook does not change areas</translation>
        </message>
        <message>
            <source>退回原因</source>
            <translation>Reason for return</translation>
        </message>
        <message>
            <source>（不知道）</source>
            <translation>(unknown)</translation>
        </message>
        <message>
            <source>任务清单_{day:%Y%m%d}</source>
            <translation>任务清单_{day:%Y%m%d}</translation>
        </message>
        <message>
            <source>生成后可以打开。</source>
            <translation>Can be opened once the workbooks are written.</translation>
        </message>
        <message>
            <source>已写好{files}个单位的任务清单，共{patches}个图斑次。</source>
            <translation>Task lists written: {files} units, {patches} rows of patches.</translation>
        </message>
        <message>
            <source>生成任务清单</source>
            <translation>Write task lists</translation>
        </message>
        <message>
            <source>导出上报</source>
            <translation>Report to city</translation>
        </message>
        <message>
            <source>上报自查</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>下发任务</source>
            <translation>Tasks for units</translation>
        </message>
        <message>
            <source>函件与总结</source>
            <translation>Letters</translation>
        </message>
        <message>
            <source>市级退回</source>
            <translation>Returned</translation>
        </message>
        <message>
            <source>退回待办</source>
            <translation>Tasks</translation>
        </message>
        <message>
            <source>本单位的模板文件</source>
            <translation>Our own template file</translation>
        </message>
        <message>
            <source>标注：照常导出，须补正的图斑在表里标出</source>
            <translation>Mark: export all and mark what must be corrected</translation>
        </message>
        <message>
            <source>拒绝：有须补正的图斑就不导出</source>
            <translation>Refuse: no export while anything must be corrected</translation>
        </message>
        <message>
            <source>不查</source>
            <translation>No check</translation>
        </message>
        <message>
            <source>列模板 (*.yaml *.yml)</source>
            <translation>Column template (*.yaml *.yml)</translation>
        </message>
        <message>
            <source>上报_{stem}_{day:%Y%m%d}.xlsx</source>
            <translation>上报_{stem}_{day:%Y%m%d}.xlsx</translation>
        </message>
        <message>
            <source>已导出{count}个图斑到 {name}。</source>
            <translation>{count} patches exported to {name}.</translation>
        </message>
        <message>
            <source>其中{count}个须补正，已在表里标出，请看“上报自查”页。</source>
            <translation> {count} of them must be corrected and are marked in the workbook; see the page “Self-check”.</translation>
        </message>
        <message>
            <source>导出上报工作簿</source>
            <translation>Export workbook for the city</translation>
        </message>
        <message>
            <source>请先选择模板文件。</source>
            <translation>Choose a template file first.</translation>
        </message>
        <message>
            <source>请先填写存到哪里。</source>
            <translation>Say first where to save it.</translation>
        </message>
        <message>
            <source>导出以后可以打开。</source>
            <translation>Can be opened after the export.</translation>
        </message>
        <message>
            <source>文档 (*.odt)</source>
            <translation>Document (*.odt)</translation>
        </message>
        <message>
            <source>读取信函可选的单位</source>
            <translation>Read units for letters</translation>
        </message>
        <message>
            <source>已写好 {name}，请核对、编号后审签。</source>
            <translation>{name} is written: check it, give it a number, have it signed.</translation>
        </message>
        <message>
            <source>写信函</source>
            <translation>Write letter</translation>
        </message>
        <message>
            <source>今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>{name}{kind}，截止{day}</source>
            <translation>{name} {kind}, cut-off {day}</translation>
        </message>
        <message>
            <source>另选日期</source>
            <translation>Another day</translation>
        </message>
        <message>
            <source>要自己定日期，请在左边选“另选日期”。</source>
            <translation>To set the day yourself, choose "Another day" at the left.</translation>
        </message>
        <message>
            <source>选一个收函单位</source>
            <translation>Choose whom it goes to</translation>
        </message>
        <message>
            <source>不填为全区</source>
            <translation>Empty for the whole district</translation>
        </message>
        <message>
            <source>{kind}发给哪个单位？请在“单位”里选。</source>
            <translation>To which unit does the {kind} go? Choose it under "Unit".</translation>
        </message>
        <message>
            <source>写信函的草稿</source>
            <translation>Draft letter</translation>
        </message>
        <message>
            <source>请先选收函单位。</source>
            <translation>Choose first whom it goes to.</translation>
        </message>
        <message>
            <source>写成文档后可以打开。</source>
            <translation>Can be opened once the document is written.</translation>
        </message>
        <message>
            <source>程度</source>
            <translation>Severity</translation>
        </message>
        <message>
            <source>图斑</source>
            <translation>Patches</translation>
        </message>
        <message>
            <source>原因</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>怎么办</source>
            <translation>What to do</translation>
        </message>
        <message>
            <source>问题</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>自查以后可以打开。</source>
            <translation>Can be opened after the check.</translation>
        </message>
        <message>
            <source>正在自查……</source>
            <translation>Checking…</translation>
        </message>
        <message>
            <source>上报前自查</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>{all}个图斑：须补正{blocking}个，有提醒{warnings}个，须由人确认{confirm}个。</source>
            <translation>{all} patches: {blocking} must be corrected, {warnings} with warnings, {confirm} for a person to confirm.</translation>
        </message>
        <message>
            <source>读取退回的工作簿</source>
            <translation>Read returned workbook</translation>
        </message>
        <message>
            <source>已采用{changed}处，涉及{patches}个图斑；办理历史和报告里都有记录。</source>
            <translation>{changed} changes accepted for {patches} patches; the history and the report have them all.</translation>
        </message>
        <message>
            <source>导入退回的工作簿</source>
            <translation>Import returned workbook</translation>
        </message>
        <message>
            <source>{sender}：涉及{patches}个图斑，审核通过{passed}个；可采用{changed}处，冲突或不能采用{conflicts}处；{lost}行没有对上图斑。</source>
            <translation>{sender}: {patches} patches, {passed} passed; {changed} can be accepted, {conflicts} conflict or cannot be accepted; {lost} rows matched no patch.</translation>
        </message>
        <message>
            <source>可以采用的</source>
            <translation>Can be accepted</translation>
        </message>
        <message>
            <source>全部</source>
            <translation>All</translation>
        </message>
        <message>
            <source>请先选择退回的工作簿。</source>
            <translation>Choose the returned workbook first.</translation>
        </message>
        <message>
            <source>请先读取退回的工作簿。</source>
            <translation>Read the returned workbook first.</translation>
        </message>
        <message>
            <source>采用勾选的{count}处</source>
            <translation>Accept the {count} ticked</translation>
        </message>
        <message>
            <source>登记审核结果</source>
            <translation>Record the city's result</translation>
        </message>
        <message>
            <source>列出{shown}行，勾选{count}处</source>
            <translation>{shown} rows listed, {count} ticked</translation>
        </message>
        <message>
            <source>读取以后可以打开。</source>
            <translation>Can be opened after reading.</translation>
        </message>
        <message>
            <source>导出时</source>
            <translation>As exported</translation>
        </message>
        <message>
            <source>{name}“{text}”</source>
            <translation>{name} “{text}”</translation>
        </message>
        <message>
            <source>归类</source>
            <translation>Kind</translation>
        </message>
        <message>
            <source>退回日期</source>
            <translation>Returned on</translation>
        </message>
        <message>
            <source>销号日期</source>
            <translation>Closed on</translation>
        </message>
        <message>
            <source>读取退回待办</source>
            <translation>Read tasks</translation>
        </message>
        <message>
            <source>未办结 {open} 件，共 {all} 件</source>
            <translation>{open} open of {all}</translation>
        </message>
        <message>
            <source>（不用）</source>
            <translation>(none)</translation>
        </message>
        <message>
            <source>正在打开…</source>
            <translation>Opening…</translation>
        </message>
        <message>
            <source>打开文件</source>
            <translation>Open file</translation>
        </message>
        <message>
            <source>没有勾选要导入的内容。</source>
            <translation>Nothing is ticked for import.</translation>
        </message>
        <message>
            <source>把底图文件拖到这里，可以一次拖多个</source>
            <translation>Drop base layer files here, several at once if you like</translation>
        </message>
        <message>
            <source>把下发的图斑文件拖到这里</source>
            <translation>Drop the issued patch file here</translation>
        </message>
        <message>
            <source>还没有这个文件的，导入第一个图层时建立</source>
            <translation>A file that does not exist yet is made with the first layer</translation>
        </message>
        <message>
            <source>选择文件</source>
            <translation>Choose files</translation>
        </message>
        <message>
            <source>矢量数据 ({files});;所有文件 (*)</source>
            <translation>Vector data ({files});;All files (*)</translation>
        </message>
        <message>
            <source>选择 .gdb 文件夹</source>
            <translation>Choose .gdb folder</translation>
        </message>
        <message>
            <source>{count}个文件不能导入。</source>
            <translation>{count} files cannot be imported.</translation>
        </message>
        <message>
            <source>预览</source>
            <translation>Preview</translation>
        </message>
        <message>
            <source>问题（{count}）</source>
            <translation>Findings ({count})</translation>
        </message>
        <message>
            <source>没有发现问题。</source>
            <translation>Nothing was found.</translation>
        </message>
        <message>
            <source>文件读不进来，没有可以检查的内容。</source>
            <translation>The file cannot be read; there is nothing to check.</translation>
        </message>
        <message>
            <source>鼠标停在一行上，可以看到涉及哪些图斑。</source>
            <translation>Rest the mouse on a row to see its patches.</translation>
        </message>
        <message>
            <source>前 {shown} 行，共 {count} 行；列名下面是它的用途。</source>
            <translation>First {shown} of {count} rows; below each column's name is its use.</translation>
        </message>
        <message>
            <source>导入{name}</source>
            <translation>Import {name}</translation>
        </message>
        <message>
            <source>导入 {count} 个</source>
            <translation>Import {count}</translation>
        </message>
        <message>
            <source>导入</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>正在导入。</source>
            <translation>Importing.</translation>
        </message>
        <message>
            <source>请先选择要导入的文件。</source>
            <translation>Choose files to import first.</translation>
        </message>
        <message>
            <source>这里没有可以导入的文件，原因见下面的检查结果。</source>
            <translation>None of these files can be imported: see the findings below.</translation>
        </message>
        <message>
            <source>读取 {read} 个，可以导入 {taken} 个，不能导入 {dropped} 个；{found}。</source>
            <translation>{read} read, {taken} can be imported, {dropped} cannot; {found}.</translation>
        </message>
        <message>
            <source>待查看</source>
            <translation>Waiting</translation>
        </message>
        <message>
            <source>可导入</source>
            <translation>Ready</translation>
        </message>
        <message>
            <source>不能导入</source>
            <translation>Cannot import</translation>
        </message>
        <message>
            <source>请选种类</source>
            <translation>Choose role</translation>
        </message>
        <message>
            <source>正在导入</source>
            <translation>Importing</translation>
        </message>
        <message>
            <source>已导入</source>
            <translation>Imported</translation>
        </message>
        <message>
            <source>还没有打开工作库：图斑要导入到本年度的工作库里，请先新建或打开。</source>
            <translation>No workspace is open: patches go into the workspace of the year, so make or open one first.</translation>
        </message>
        <message>
            <source>收到日期晚于今天，请改正。</source>
            <translation>The day of receipt is after today; please correct it.</translation>
        </message>
        <message>
            <source>已导入批次“{batch}”：{count}个图斑（其中更新{updated}个）。接着请做套合分析。</source>
            <translation>Batch “{batch}” imported: {count} patches ({updated} updated). Next, run the overlay.</translation>
        </message>
        <message>
            <source>导入底图</source>
            <translation>Import base layer</translation>
        </message>
        <message>
            <source>还没有底图库：请选择已有的底图库文件，或写一个新文件名，导入第一个图层时建立。</source>
            <translation>No base library yet: choose one, or give a new file name; it is made with the first layer.</translation>
        </message>
        <message>
            <source>{year}年{month}月提供</source>
            <translation>{year}年{month}月提供</translation>
        </message>
        <message>
            <source>请选择“{name}”的图层种类。</source>
            <translation>Choose the role of “{name}”.</translation>
        </message>
        <message>
            <source>请填写“{name}”的版本，例如 2020年度变更调查。</source>
            <translation>Fill in the version of “{name}”, e.g. 2020年度变更调查.</translation>
        </message>
        <message>
            <source>已导入{role}（{edition}）：{count}个要素。</source>
            <translation>{role} ({edition}) imported: {count} features.</translation>
        </message>
        <message>
            <source>底图库.gpkg</source>
            <translation>底图库.gpkg</translation>
        </message>
        <message>
            <source>不用处理</source>
            <translation>Nothing to do</translation>
        </message>
        <message>
            <source>涉及：{listed} 等共 {count} 个</source>
            <translation>Concerns: {listed} and others, {count} in all</translation>
        </message>
        <message>
            <source>涉及：{listed}</source>
            <translation>Concerns: {listed}</translation>
        </message>
        <message>
            <source>图层</source>
            <translation>Layer</translation>
        </message>
        <message>
            <source>种类</source>
            <translation>Role</translation>
        </message>
        <message>
            <source>版本</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>情况</source>
            <translation>State</translation>
        </message>
        <message>
            <source>文件</source>
            <translation>File</translation>
        </message>
        <message>
            <source>收到日期</source>
            <translation>Received on</translation>
        </message>
        <message>
            <source>批次</source>
            <translation>Batch</translation>
        </message>
        <message>
            <source>（未定）</source>
            <translation>(open)</translation>
        </message>
        <message>
            <source>滚轮缩放，拖动平移，双击恢复全图</source>
            <translation>Wheel to zoom, drag to pan, double-click for all</translation>
        </message>
        <message>
            <source>没有可以显示的图形</source>
            <translation>No shapes to show</translation>
        </message>
        <message>
            <source>经度 {west:.3f}–{east:.3f}，纬度 {south:.3f}–{north:.3f}</source>
            <translation>Longitude {west:.3f}–{east:.3f}, latitude {south:.3f}–{north:.3f}</translation>
        </message>
        <message>
            <source>（没有汉字可供核对）</source>
            <translation>(no Chinese text to check by)</translation>
        </message>
        <message>
            <source>文件里的文字：看得懂就是编码对了，是乱码就改选编码</source>
            <translation>Text from the file: if it reads as Chinese the encoding is right, else choose another</translation>
        </message>
        <message>
            <source>（请选择）</source>
            <translation>(choose)</translation>
        </message>
        <message>
            <source>自动识别</source>
            <translation>Automatic</translation>
        </message>
        <message>
            <source>自动识别：{value}</source>
            <translation>Automatic: {value}</translation>
        </message>
        <message>
            <source>职责状态</source>
            <translation>Duty state</translation>
        </message>
        <message>
            <source>期限</source>
            <translation>Term</translation>
        </message>
        <message>
            <source>剩余天数</source>
            <translation>Days left</translation>
        </message>
        <message>
            <source>到期日</source>
            <translation>Due on</translation>
        </message>
        <message>
            <source>查处单位</source>
            <translation>Enforcement unit</translation>
        </message>
        <message>
            <source>乡镇街道</source>
            <translation>Township</translation>
        </message>
        <message>
            <source>图斑类型</source>
            <translation>Patch type</translation>
        </message>
        <message>
            <source>面积（亩）</source>
            <translation>Area (mu)</translation>
        </message>
        <message>
            <source>前时相</source>
            <translation>Before</translation>
        </message>
        <message>
            <source>后时相</source>
            <translation>After</translation>
        </message>
        <message>
            <source>原图斑编号</source>
            <translation>Original patch number</translation>
        </message>
        <message>
            <source>拆分状态</source>
            <translation>Split state</translation>
        </message>
        <message>
            <source>未拆分</source>
            <translation>not split</translation>
        </message>
        <message>
            <source>序号</source>
            <translation>No.</translation>
        </message>
        <message>
            <source>原要素号</source>
            <translation>Source feature</translation>
        </message>
        <message>
            <source>名称</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>编码</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>图形面积（平方米）</source>
            <translation>Area of shape (m²)</translation>
        </message>
        <message>
            <source>图斑面积（平方米）</source>
            <translation>Parcel area (m²)</translation>
        </message>
        <message>
            <source>图斑地类面积（平方米）</source>
            <translation>Net parcel area (m²)</translation>
        </message>
        <message>
            <source>扣除地类编码</source>
            <translation>Deducted class code</translation>
        </message>
        <message>
            <source>行政区划</source>
            <translation>Administrative areas</translation>
        </message>
        <message>
            <source>审批备案</source>
            <translation>Approvals and records</translation>
        </message>
        <message>
            <source>管控范围</source>
            <translation>Control areas</translation>
        </message>
        <message>
            <source>土地利用现状</source>
            <translation>Land use</translation>
        </message>
        <message>
            <source>影像</source>
            <translation>Imagery</translation>
        </message>
        <message>
            <source>读取批次影像</source>
            <translation>Read imagery of batches</translation>
        </message>
        <message>
            <source>未选择</source>
            <translation>None chosen</translation>
        </message>
        <message>
            <source>请先在上面点选一个批次。</source>
            <translation>Click a batch above first.</translation>
        </message>
        <message>
            <source>这个批次还没有选影像。</source>
            <translation>This batch has no images yet.</translation>
        </message>
        <message>
            <source>选择{phase}影像</source>
            <translation>Choose imagery: {phase}</translation>
        </message>
        <message>
            <source>影像 (*.tif *.tiff *.img *.jp2 *.vrt)</source>
            <translation>Imagery (*.tif *.tiff *.img *.jp2 *.vrt)</translation>
        </message>
        <message>
            <source>保存批次影像</source>
            <translation>Save imagery of batches</translation>
        </message>
        <message>
            <source>打开影像</source>
            <translation>Open imagery</translation>
        </message>
        <message>
            <source>拖动中间的线对比；按住右键整幅看前时相，按 Esc 结束。</source>
            <translation>Drag the line in the middle to compare; hold the right button to see the earlier date everywhere, Esc ends.</translation>
        </message>
        <message>
            <source>卷帘对比需要前、后两个时相的影像，请先为批次选择影像。</source>
            <translation>To compare by swipe, choose the imagery before and after for the batch first.</translation>
        </message>
        <message>
            <source>有 {count} 幅影像找不到或打不开（{listed}），请在“批次影像”里重新选择。</source>
            <translation>{count} images are missing or cannot be opened ({listed}); choose them again under “Imagery of batches”.</translation>
        </message>
        <message>
            <source>有 {count} 幅影像看不到：没有坐标系，或不在图斑的位置（{listed}），请核对坐标系后重新选择。</source>
            <translation>{count} images cannot be seen: no coordinate system, or not where the patches are ({listed}). Check the coordinate system and choose again.</translation>
        </message>
        <message>
            <source>影像已在地图上。要对比，点“核查判定”里的“影像”，或“地图”菜单里的“卷帘对比前后时相”。</source>
            <translation>The images of both dates are on the map. Compare them with “Imagery” in the review dock, or with “Swipe between before and after” in the menu beside “Map”.</translation>
        </message>
        <message>
            <source>地图跟随当前图斑</source>
            <translation>Map follows the current patch</translation>
        </message>
        <message>
            <source>显示全部图斑</source>
            <translation>Show all patches</translation>
        </message>
        <message>
            <source>卷帘对比前后时相</source>
            <translation>Swipe between before and after</translation>
        </message>
        <message>
            <source>批次影像…</source>
            <translation>Imagery of batches…</translation>
        </message>
        <message>
            <source>重新载入地图</source>
            <translation>Load the map again</translation>
        </message>
        <message>
            <source>地图上的底图里，图斑 {number} 与{role}没有重叠部分。</source>
            <translation>In the layers on the map, patch {number} and {role} do not overlap.</translation>
        </message>
        <message>
            <source>查找套合部分</source>
            <translation>Find overlapping parts</translation>
        </message>
        <message>
            <source>读取图斑到地图</source>
            <translation>Read patches for the map</translation>
        </message>
        <message>
            <source>更新地图上的图斑</source>
            <translation>Update patches on the map</translation>
        </message>
        <message>
            <source>卫片图斑</source>
            <translation>Patches</translation>
        </message>
        <message>
            <source>这里只供查看。判定、职责、期限等办理内容请在“核查判定”窗口修改，改动会记入历史。</source>
            <translation>To look at only. Change determinations, duties and terms in the window “Review”, which keeps the history.</translation>
        </message>
        <message>
            <source>按办理阶段着色</source>
            <translation>Colour by stage</translation>
        </message>
        <message>
            <source>按职责状态着色</source>
            <translation>Colour by duty state</translation>
        </message>
        <message>
            <source>按剩余天数着色</source>
            <translation>Colour by days left</translation>
        </message>
        <message>
            <source>打开底图</source>
            <translation>Open base layers</translation>
        </message>
        <message>
            <source>底图库中的{names}打不开，地图上没有显示，请重新导入。</source>
            <translation>{names} of the base library cannot be opened and are not on the map; import them again.</translation>
        </message>
        <message>
            <source>卫片图斑已从地图上移除；选“重新载入地图”可以再显示。</source>
            <translation>The patches were removed from the map; choose “Load the map again” to show them.</translation>
        </message>
        <message>
            <source>地图上没有底图：{}</source>
            <translation>No base layers on the map: {}</translation>
        </message>
        <message>
            <source>详情</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>程序内部出错，没有改动。</source>
            <translation>Internal error; nothing was changed.</translation>
        </message>
        <message>
            <source>关闭</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>没有打开</source>
            <translation>none open</translation>
        </message>
        <message>
            <source>{workspace}，底图库 {library}</source>
            <translation>{workspace}, base library {library}</translation>
        </message>
        <message>
            <source>办理以后可以打开。</source>
            <translation>Can be opened afterwards.</translation>
        </message>
        <message>
            <source>请先打开工作库，并选择或导入底图库。</source>
            <translation>Open a workspace first, and choose a base library or import into one.</translation>
        </message>
        <message>
            <source>请先选择下发的图斑文件，也可以把文件拖进来。</source>
            <translation>Choose the issued patch file first, or drop it here.</translation>
        </message>
        <message>
            <source>这个文件已经办理；再办一批请另选文件。</source>
            <translation>This file is done; choose another one for another batch.</translation>
        </message>
        <message>
            <source>办好了：导入{count}个图斑，上报工作簿已写好；全库职责：{states}。</source>
            <translation>Done: {count} patches imported, workbook for the city written; duties in the whole workspace: {states}.</translation>
        </message>
        <message>
            <source>导入时有错误 {errors}、警告 {warnings}，请看报告。</source>
            <translation> The import met {errors} errors and {warnings} warnings; see the report.</translation>
        </message>
        <message>
            <source>接着请会商、核查判定，完成后再导出一次。</source>
            <translation> Next: consultation and determination; then export once more.</translation>
        </message>
        <message>
            <source>准备窗口</source>
            <translation>Prepare windows</translation>
        </message>
        <message>
            <source>新建工作库…</source>
            <translation>New workspace…</translation>
        </message>
        <message>
            <source>打开工作库…</source>
            <translation>Open workspace…</translation>
        </message>
        <message>
            <source>生成示例区…</source>
            <translation>Make the sample district…</translation>
        </message>
        <message>
            <source>关闭工作库</source>
            <translation>Close workspace</translation>
        </message>
        <message>
            <source>导入底图图层…</source>
            <translation>Import base layers…</translation>
        </message>
        <message>
            <source>选择底图库…</source>
            <translation>Choose base library…</translation>
        </message>
        <message>
            <source>现用：{name}</source>
            <translation>In use: {name}</translation>
        </message>
        <message>
            <source>请先在“人员”页填写姓名。</source>
            <translation>Fill in your name on the page “People” first.</translation>
        </message>
        <message>
            <source>取消</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>{title}：{text}</source>
            <translation>{title}: {text}</translation>
        </message>
        <message>
            <source>日期：今天</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>图斑{stage}，要改判定须先退回。</source>
            <translation>The patch is {stage}; it must be sent back before its determination can change.</translation>
        </message>
        <message>
            <source>只能撤销自己作的、还没有复核的最近一次判定。</source>
            <translation>Only your own latest determination that nobody has reviewed yet can be undone.</translation>
        </message>
        <message>
            <source>上次填写后没有保存的内容，保存后才算数。</source>
            <translation>Entries from last time that were not saved; they count once saved.</translation>
        </message>
        <message>
            <source>还没有套合结果，没有建议。</source>
            <translation>No overlay yet, so no proposal.</translation>
        </message>
        <message>
            <source>请选择类别</source>
            <translation>Choose a category</translation>
        </message>
        <message>
            <source>文号</source>
            <translation>Document no.</translation>
        </message>
        <message>
            <source>必填</source>
            <translation>Required</translation>
        </message>
        <message>
            <source>应备材料：{names}</source>
            <translation>Documents to have: {names}</translation>
        </message>
        <message>
            <source>待核对：{text}</source>
            <translation>To check: {text}</translation>
        </message>
        <message>
            <source>读取图斑 {number}</source>
            <translation>Read patch {number}</translation>
        </message>
        <message>
            <source>年-月-日</source>
            <translation>yyyy-mm-dd</translation>
        </message>
        <message>
            <source>数字</source>
            <translation>Number</translation>
        </message>
        <message>
            <source>常用填法</source>
            <translation>Common entries</translation>
        </message>
        <message>
            <source>从日历选择</source>
            <translation>Choose from the calendar</translation>
        </message>
        <message>
            <source>{size} KB</source>
            <translation>{size} KB</translation>
        </message>
        <message>
            <source>来自 {source}
SHA-256 {digest}</source>
            <translation>From {source}
SHA-256 {digest}</translation>
        </message>
        <message>
            <source>还没有举证材料。</source>
            <translation>No evidence yet.</translation>
        </message>
        <message>
            <source>正在复制…</source>
            <translation>Copying…</translation>
        </message>
        <message>
            <source>附举证材料</source>
            <translation>Attach evidence</translation>
        </message>
        <message>
            <source>图片和文档 (*.jpg *.jpeg *.png *.tif *.pdf *.doc *.docx *.xls *.xlsx);;所有文件 (*)</source>
            <translation>Pictures and documents (*.jpg *.jpeg *.png *.tif *.pdf *.doc *.docx *.xls *.xlsx);;All files (*)</translation>
        </message>
        <message>
            <source>选择举证材料</source>
            <translation>Choose evidence</translation>
        </message>
        <message>
            <source>打开举证材料</source>
            <translation>Open evidence</translation>
        </message>
        <message>
            <source>撤下举证材料</source>
            <translation>Remove evidence</translation>
        </message>
        <message>
            <source>请先在下面点选一个文件。</source>
            <translation>Click a file below first.</translation>
        </message>
        <message>
            <source>请先选一个图斑。</source>
            <translation>Choose a patch first.</translation>
        </message>
        <message>
            <source>这个图斑还没有举证文件。</source>
            <translation>This patch has no evidence files yet.</translation>
        </message>
        <message>
            <source>图层、地类</source>
            <translation>Layer, class</translation>
        </message>
        <message>
            <source>占比</source>
            <translation>Share</translation>
        </message>
        <message>
            <source>亩（毛）</source>
            <translation>mu gross</translation>
        </message>
        <message>
            <source>亩（净）</source>
            <translation>mu net</translation>
        </message>
        <message>
            <source>涉及</source>
            <translation>Met</translation>
        </message>
        <message>
            <source>占图斑面积</source>
            <translation>Share of the patch's area</translation>
        </message>
        <message>
            <source>含田坎</source>
            <translation>With field ridges</translation>
        </message>
        <message>
            <source>扣除田坎后，只有地类有</source>
            <translation>Without field ridges; land classes only</translation>
        </message>
        <message>
            <source>命中的要素名称</source>
            <translation>Names of the features met</translation>
        </message>
        <message>
            <source>{}（边角）</source>
            <translation>{} (sliver)</translation>
        </message>
        <message>
            <source>{} 等{}</source>
            <translation>{} and others, {}</translation>
        </message>
        <message>
            <source>没有图层可查，不等于“不在范围内”。</source>
            <translation>No layer to look at; that does not mean “outside”.</translation>
        </message>
        <message>
            <source>小于方案文件计入的面积和占比，不作为职责依据。</source>
            <translation>Below the area and share the plan file counts: no ground for a duty.</translation>
        </message>
        <message>
            <source>图层已查，没有重叠。</source>
            <translation>Layer looked at: no overlap.</translation>
        </message>
        <message>
            <source>底图版本：{edition}</source>
            <translation>Edition: {edition}</translation>
        </message>
        <message>
            <source>另须留意</source>
            <translation>Note also</translation>
        </message>
        <message>
            <source>类型</source>
            <translation>Type</translation>
        </message>
        <message>
            <source>时相</source>
            <translation>Dates</translation>
        </message>
        <message>
            <source>原图斑</source>
            <translation>Split from</translation>
        </message>
        <message>
            <source>举证材料 {count}</source>
            <translation>Evidence {count}</translation>
        </message>
        <message>
            <source>举证材料</source>
            <translation>Evidence</translation>
        </message>
        <message>
            <source>存疑</source>
            <translation>Doubtful</translation>
        </message>
        <message>
            <source>{area} 亩（下发 {issued}）</source>
            <translation>{area} mu (issued {issued})</translation>
        </message>
        <message>
            <source>{area} 亩</source>
            <translation>{area} mu</translation>
        </message>
        <message>
            <source>{net} 亩（毛 {gross}）</source>
            <translation>{net} mu (gross {gross})</translation>
        </message>
        <message>
            <source>面积</source>
            <translation>Area</translation>
        </message>
        <message>
            <source>耕地</source>
            <translation>Farmland</translation>
        </message>
        <message>
            <source>市级退回：{reason}</source>
            <translation>Returned by the city: {reason}</translation>
        </message>
        <message>
            <source>{person} {day} 记为存疑：{reason}</source>
            <translation>Noted as doubtful by {person}, {day}: {reason}</translation>
        </message>
        <message>
            <source>余天</source>
            <translation>Days</translation>
        </message>
        <message>
            <source>状态</source>
            <translation>State</translation>
        </message>
        <message>
            <source>暂停</source>
            <translation>paused</translation>
        </message>
        <message>
            <source>应于 {day} 前判定（{state}）</source>
            <translation>Determine by {day} ({state})</translation>
        </message>
        <message>
            <source>查处单位：{state}</source>
            <translation>Enforcement unit: {state}</translation>
        </message>
        <message>
            <source>阶段不限</source>
            <translation>Any stage</translation>
        </message>
        <message>
            <source>期限不限</source>
            <translation>Any term</translation>
        </message>
        <message>
            <source>全部乡镇</source>
            <translation>All townships</translation>
        </message>
        <message>
            <source>全部单位</source>
            <translation>All units</translation>
        </message>
        <message>
            <source>待会商</source>
            <translation>Needs consultation</translation>
        </message>
        <message>
            <source>未评估</source>
            <translation>Not evaluated</translation>
        </message>
        <message>
            <source>显示 {shown} / 共 {all} · 未判定 {open}</source>
            <translation>{shown} of {all} shown · {open} to judge</translation>
        </message>
        <message>
            <source>合法</source>
            <translation>Legal</translation>
        </message>
        <message>
            <source>违法</source>
            <translation>Illegal</translation>
        </message>
        <message>
            <source>其他</source>
            <translation>Other</translation>
        </message>
        <message>
            <source>同上</source>
            <translation>Same</translation>
        </message>
        <message>
            <source>保存</source>
            <translation>Save</translation>
        </message>
        <message>
            <source>下个</source>
            <translation>Next</translation>
        </message>
        <message>
            <source>上个</source>
            <translation>Previous</translation>
        </message>
        <message>
            <source>缩放</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>闪烁</source>
            <translation>Flash</translation>
        </message>
        <message>
            <source>搜索</source>
            <translation>Search</translation>
        </message>
        <message>
            <source>保存并到下一个未判定的（S / Alt+S / Ctrl+回车）</source>
            <translation>Save and go to the next to judge (S / Alt+S / Ctrl+Return)</translation>
        </message>
        <message>
            <source>正在输入文字时加按 Alt；任何地方按 Ctrl+回车保存</source>
            <translation>While typing hold Alt as well; Ctrl+Return saves anywhere</translation>
        </message>
        <message>
            <source>把建议填到表里，保存后才算数</source>
            <translation>Fill the proposal into the form; it counts once saved</translation>
        </message>
        <message>
            <source>填上一次保存的结果、类别和依据</source>
            <translation>Fill in result, category and grounds as last saved</translation>
        </message>
        <message>
            <source>下一个未判定的图斑</source>
            <translation>Next patch to judge</translation>
        </message>
        <message>
            <source>上一个未判定的图斑</source>
            <translation>Previous patch to judge</translation>
        </message>
        <message>
            <source>撤销本图斑的判定；按键撤销刚才保存的那一个</source>
            <translation>Undo this patch's determination; the key undoes the one just saved</translation>
        </message>
        <message>
            <source>地图缩放到图斑</source>
            <translation>Zoom the map to the patch</translation>
        </message>
        <message>
            <source>在地图上闪烁图斑，或所选图层与图斑重叠的部分</source>
            <translation>Flash the patch on the map, or where the selected layer overlaps it</translation>
        </message>
        <message>
            <source>没有读到图斑队列，原因见消息栏；再打开本窗口时重试。</source>
            <translation>The queue could not be read, see the message bar; open this window again to retry.</translation>
        </message>
        <message>
            <source>读取图斑队列</source>
            <translation>Read the queue</translation>
        </message>
        <message>
            <source>请先新建或打开工作库。</source>
            <translation>Make or open a workspace first.</translation>
        </message>
        <message>
            <source>正在读取图斑队列…</source>
            <translation>Reading the queue…</translation>
        </message>
        <message>
            <source>剩 {days} 天</source>
            <translation>{days} days left</translation>
        </message>
        <message>
            <source>逾期 {days} 天</source>
            <translation>{days} days overdue</translation>
        </message>
        <message>
            <source>当前筛选内没有别的未判定图斑。</source>
            <translation>No other patch to judge in this filter.</translation>
        </message>
        <message>
            <source>这次打开后还没有保存过判定。</source>
            <translation>No determination was saved since opening.</translation>
        </message>
        <message>
            <source>保存判定</source>
            <translation>Save determination</translation>
        </message>
        <message>
            <source>请先填写判定人姓名，填一次即可。</source>
            <translation>Fill in who determines first; once is enough.</translation>
        </message>
        <message>
            <source>没有别的未判定图斑了。</source>
            <translation>No other patch is left to judge.</translation>
        </message>
        <message>
            <source>撤销判定</source>
            <translation>Undo determination</translation>
        </message>
        <message>
            <source>备份时间</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>大小</source>
            <translation>Size</translation>
        </message>
        <message>
            <source>列出备份</source>
            <translation>List backups</translation>
        </message>
        <message>
            <source>已备份为 {name}。</source>
            <translation>Backed up as {name}.</translation>
        </message>
        <message>
            <source>备份工作库</source>
            <translation>Back up workspace</translation>
        </message>
        <message>
            <source>已退回到 {name}；退回前的工作库另存为 {before}。</source>
            <translation>Went back to {name}; the workspace before that is kept as {before}.</translation>
        </message>
        <message>
            <source>退回到备份</source>
            <translation>Go back to a backup</translation>
        </message>
        <message>
            <source>还没有备份过。</source>
            <translation>There is no backup yet.</translation>
        </message>
        <message>
            <source>请先在上面点选一份备份。</source>
            <translation>Click a backup above first.</translation>
        </message>
        <message>
            <source>退回到 {time} 的备份：那以后办理的内容不在现用工作库里了（会另存一份）。确定吗？</source>
            <translation>Go back to the backup of {time}? What was done since then leaves the workspace in use (a copy is kept).</translation>
        </message>
        <message>
            <source>判定结果</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>类别</source>
            <translation>Category</translation>
        </message>
        <message>
            <source>按工作年度自动选用</source>
            <translation>By the year of the workspace</translation>
        </message>
        <message>
            <source>{title}（{first}—{last}年）</source>
            <translation>{title} ({first}–{last})</translation>
        </message>
        <message>
            <source>本单位的字典文件</source>
            <translation>Our own dictionary file</translation>
        </message>
        <message>
            <source>判定字典 (*.yaml *.yml)</source>
            <translation>Dictionary (*.yaml *.yml)</translation>
        </message>
        <message>
            <source>现行字典：{title} {version}；矿产图斑另用：{mining}。</source>
            <translation>In force: {title} {version}; for mining patches: {mining}.</translation>
        </message>
        <message>
            <source>检查判定字典</source>
            <translation>Check dictionary</translation>
        </message>
        <message>
            <source>写法没有问题，可以采用。</source>
            <translation>No errors; it can be adopted.</translation>
        </message>
        <message>
            <source>现在按“{name}”判定。</source>
            <translation>Determinations now follow “{name}”.</translation>
        </message>
        <message>
            <source>没有改动，仍是“{name}”。</source>
            <translation>Nothing changed; still “{name}”.</translation>
        </message>
        <message>
            <source>更换判定字典</source>
            <translation>Change dictionary</translation>
        </message>
        <message>
            <source>请先选择字典文件。</source>
            <translation>Choose a dictionary file first.</translation>
        </message>
        <message>
            <source>运行组件</source>
            <translation>Component</translation>
        </message>
        <message>
            <source>要求</source>
            <translation>Required</translation>
        </message>
        <message>
            <source>本机版本</source>
            <translation>Installed</translation>
        </message>
        <message>
            <source>读取节假日表</source>
            <translation>Read holidays</translation>
        </message>
        <message>
            <source>{year}年已经在表里了。</source>
            <translation>{year} is in the table already.</translation>
        </message>
        <message>
            <source>已保存，期限按这张表重新计算。</source>
            <translation>Saved; terms are computed with this table from now on.</translation>
        </message>
        <message>
            <source>保存节假日表</source>
            <translation>Save holidays</translation>
        </message>
        <message>
            <source>现用：本单位的表 {path}</source>
            <translation>In use: our own table {path}</translation>
        </message>
        <message>
            <source>现用：随插件提供的表；保存后改用本单位的表。</source>
            <translation>In use: the table of the plug-in; after saving, our own.</translation>
        </message>
        <message>
            <source>已核对</source>
            <translation>checked</translation>
        </message>
        <message>
            <source>待核对</source>
            <translation>to be checked</translation>
        </message>
        <message>
            <source>{year}年（{mark}）</source>
            <translation>{year} ({mark})</translation>
        </message>
        <message>
            <source>{year}年的安排</source>
            <translation>Arrangement of {year}</translation>
        </message>
        <message>
            <source>“{name}”从哪天起放假还没有填，请写成 2021-10-01 的样子。</source>
            <translation>The first day of “{name}” is missing; please write it like 2021-10-01.</translation>
        </message>
        <message>
            <source>“{text}”不是日期，请写成 2021-10-01 的样子。</source>
            <translation>“{text}” is no date; write it like 2021-10-01.</translation>
        </message>
        <message>
            <source>请先填写姓名。</source>
            <translation>Fill in the name first.</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>以后各步都以“{name}”记入办理历史。</source>
            <translation>From now on the history names “{name}”.</translation>
        </message>
        <message>
            <source>次序</source>
            <translation>No.</translation>
        </message>
        <message>
            <source>方案文件</source>
            <translation>Plan file</translation>
        </message>
        <message>
            <source>采用时间</source>
            <translation>Adopted at</translation>
        </message>
        <message>
            <source>采用人</source>
            <translation>Adopted by</translation>
        </message>
        <message>
            <source>实施方案 (*.yaml *.yml)</source>
            <translation>Plan (*.yaml *.yml)</translation>
        </message>
        <message>
            <source>现行方案：{title}　{number}（版本 {version}），工作年度 {year}</source>
            <translation>In force: {title}, {number} (version {version}), year {year}</translation>
        </message>
        <message>
            <source>检查方案文件</source>
            <translation>Check plan file</translation>
        </message>
        <message>
            <source>正在试算，图斑多时要等一会儿……</source>
            <translation>Trying; with many patches this takes a while…</translation>
        </message>
        <message>
            <source>试算方案文件</source>
            <translation>Try plan file</translation>
        </message>
        <message>
            <source>已采用“{title}”（版本 {version}）。职责还没有变，请接着点“分派职责”。</source>
            <translation>“{title}” (version {version}) adopted. Duties have not changed yet: now run “Assign duties”.</translation>
        </message>
        <message>
            <source>现行的就是这份文件，没有改动。</source>
            <translation>This file is in force already; nothing changed.</translation>
        </message>
        <message>
            <source>采用方案文件</source>
            <translation>Adopt plan file</translation>
        </message>
        <message>
            <source>变什么</source>
            <translation>What changes</translation>
        </message>
        <message>
            <source>试算</source>
            <translation>Tried</translation>
        </message>
        <message>
            <source>请先选择方案文件。</source>
            <translation>Choose a plan file first.</translation>
        </message>
        <message>
            <source>请先检查写法，检查通过后可用</source>
            <translation>Check the file first; available once it passes</translation>
        </message>
        <message>
            <source>行号</source>
            <translation>Line</translation>
        </message>
        <message>
            <source>允许的写法</source>
            <translation>Allowed</translation>
        </message>
        <message>
            <source>取值</source>
            <translation>Value</translation>
        </message>
        <message>
            <source>来源</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>意思</source>
            <translation>Meaning</translation>
        </message>
        <message>
            <source>已保存：复核人须与判定人不同——{wanted}。</source>
            <translation>Saved: reviewer must differ from determiner – {wanted}.</translation>
        </message>
        <message>
            <source>保存复核设置</source>
            <translation>Save review setting</translation>
        </message>
        <message>
            <source>还没有打开工作库：方案、字典、节假日、期限和备份都属于工作库，打开后可用。</source>
            <translation>No workspace is open: plan, categories, holidays, terms and backups belong to it and can be used once it is open.</translation>
        </message>
        <message>
            <source>读取设置</source>
            <translation>Read settings</translation>
        </message>
        <message>
            <source>新建工作库</source>
            <translation>New workspace</translation>
        </message>
        <message>
            <source>打开已有的</source>
            <translation>Open one</translation>
        </message>
        <message>
            <source>先用示例区试试</source>
            <translation>Try the sample district</translation>
        </message>
        <message>
            <source>还没有打开工作库，从哪里开始？</source>
            <translation>No workspace is open yet: where to begin?</translation>
        </message>
        <message>
            <source>示例区放在哪个文件夹下</source>
            <translation>Folder for the sample district</translation>
        </message>
        <message>
            <source>生成示例区</source>
            <translation>Make the sample district</translation>
        </message>
        <message>
            <source>新建</source>
            <translation>Make</translation>
        </message>
        <message>
            <source>请选择工作库存放的位置。</source>
            <translation>Choose where the workspace goes.</translation>
        </message>
        <message>
            <source>工作库{year}.gpkg</source>
            <translation>工作库{year}.gpkg</translation>
        </message>
        <message>
            <source>打开工作库</source>
            <translation>Open workspace</translation>
        </message>
        <message>
            <source>选择底图库</source>
            <translation>Choose base library</translation>
        </message>
        <message>
            <source>已打开{year}年度工作库“{name}”，共{count}个图斑。</source>
            <translation>Workspace “{name}” of {year} is open: {count} patches.</translation>
        </message>
        <message>
            <source>底图库“{name}”有{count}类图层。</source>
            <translation>Base library “{name}” has {count} kinds of layers.</translation>
        </message>
        <message>
            <source>打开底图库</source>
            <translation>Open base library</translation>
        </message>
        <message>
            <source>接着请点“底图库”导入底图图层。</source>
            <translation> Next, import base layers with “Base library”.</translation>
        </message>
        <message>
            <source>接着请点“导入图斑”。</source>
            <translation> Next, click “Import patches”.</translation>
        </message>
        <message>
            <source>经办人</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>请填写您的姓名，每一步操作都会记入办理历史：</source>
            <translation>Your name, which goes into the history of every step:</translation>
        </message>
        <message>
            <source>确定</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>套合分析完成：{patches}个图斑，{changed}个结果有变化，{open}个有图层未评估。</source>
            <translation>Overlay done: {patches} patches, {changed} changed, {open} with layers not evaluated.</translation>
        </message>
        <message>
            <source>分派完成：{patches}个图斑（{counts}）。</source>
            <translation>Duties assigned: {patches} patches ({counts}).</translation>
        </message>
        <message>
            <source>已取消：{}</source>
            <translation>Cancelled: {}</translation>
        </message>
        <message>
            <source>程序内部出错，没有保存任何改动；请点“详情”复制后发给维护人员。</source>
            <translation>Internal error; nothing was saved. Press “Details”, copy the text and send it to the maintainers.</translation>
        </message>
        <message>
            <source>卫片执法插件不完整，无法载入（{}），请重新安装插件。</source>
            <translation>The plug-in is incomplete and cannot be loaded ({}); please install it again.</translation>
        </message>
        <message>
            <source>让工作库从现在起按另一份方案文件分派职责。采用之前检查写法并演算示例，有一个不符就不采用。
原来的方案文件仍存在工作库里，谁在什么时候采用的记入历史。
已有的分派不会随之改变：采用后请再运行一次“分派职责”。人已作的决定不变。
想先看影响，请用“试算方案或图层改动”。</source>
            <translation>From now on the workspace assigns duties by another plan file. It is checked and its examples are worked first; if one differs, it is not adopted.
The former plan file stays in the workspace; the history says who adopted which when.
Duties already assigned do not change by themselves: run “Assign duties” again afterwards. What people decided stays.
To see the effect first, use “Try a plan or layers”.</translation>
        </message>
        <message>
            <source>采用的版本</source>
            <translation>Version adopted</translation>
        </message>
        <message>
            <source>是否换了方案文件</source>
            <translation>Whether the plan file changed</translation>
        </message>
        <message>
            <source>已采用《{}》（{}），请再运行一次“分派职责”。</source>
            <translation>“{}” ({}) adopted; now run “Assign duties” again.</translation>
        </message>
        <message>
            <source>工作库已在用《{}》（{}），没有改动。</source>
            <translation>The workspace uses “{}” ({}) already; nothing changed.</translation>
        </message>
        <message>
            <source>办理复核、审定、上报</source>
            <translation>Review, approve, report</translation>
        </message>
        <message>
            <source>给一批图斑办理一步：复核、复核不通过、审定、审定不通过、撤回、上报、市级退回、审核结束。
依次为：待核查、已判定、已复核、已审定、已上报、审核结束。
复核不通过、审定不通过、撤回都回到待核查；市级退回的图斑重新判定后再走一遍。其他跳转一律不行，工作库本身也会拒绝。
哪些图斑：选一张表（.xlsx 或 .csv，要有图斑编号；可另有步骤、理由、日期各列），或写批次、办理阶段；只写步骤和批次的，办理该批次里到了这一步的全部图斑。
复核人不能是判定人（可在“办案设置”里改）；退回的各步必须写理由。
每一步都记下办理人、日期和理由。输出：ADVANCED 办理的图斑数；REJECTED 退回的行数；REPORT 逐行报告。</source>
            <translation>Takes patches one step on or back: 复核 (review), 复核不通过 (review failed), 审定 (approval), 审定不通过 (approval failed), 撤回 (withdrawal), 上报 (report to the city), 市级退回 (returned by the city), 审核结束 (examination ended).
Stages in order: 待核查 (to be checked), 已判定 (determined), 已复核 (reviewed), 已审定 (approved), 已上报 (reported), 审核结束 (finished).
A failed review, a failed approval and a withdrawal lead back to 待核查; a patch the city returned is determined anew and goes all the way again. Nothing else is possible: the workspace itself refuses it.
Which patches: choose a table (.xlsx or .csv with the column 图斑编号, and 步骤, 理由, 日期 if you like), or give batch and stage; with step and batch alone, all patches of the batch that stand before this step are taken.
The reviewer must not be the determiner (“Casework settings” can change that); every step back needs a reason.
Each step is kept with person, day and reason. Outputs: ADVANCED patches taken on; REJECTED rows refused; REPORT row by row.</translation>
        </message>
        <message>
            <source>图斑表</source>
            <translation>Table of patches</translation>
        </message>
        <message>
            <source>表格 (*.xlsx *.csv)</source>
            <translation>Table (*.xlsx *.csv)</translation>
        </message>
        <message>
            <source>只办理这个阶段的图斑</source>
            <translation>Only patches of this stage</translation>
        </message>
        <message>
            <source>步骤（表里有步骤列的可不填）</source>
            <translation>Step (may stay empty if the table has it)</translation>
        </message>
        <message>
            <source>办理人</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>办理日期（年-月-日，不填为今天）</source>
            <translation>Day (yyyy-mm-dd, empty for today)</translation>
        </message>
        <message>
            <source>理由（退回的必填）</source>
            <translation>Reason (required for a step back)</translation>
        </message>
        <message>
            <source>逐行报告</source>
            <translation>Report row by row</translation>
        </message>
        <message>
            <source>办理的图斑数</source>
            <translation>Patches taken on</translation>
        </message>
        <message>
            <source>退回的行数</source>
            <translation>Rows refused</translation>
        </message>
        <message>
            <source>办理 {} 个图斑，退回 {} 行。</source>
            <translation>{} patches taken on, {} rows refused.</translation>
        </message>
        <message>
            <source>按工作方案给每个图斑建议查处单位、协办单位、属地责任单位等，每条都写明依据的条款、图层版本、面积和比例。
几个单位都有依据的记为“待会商”，由人决定；没有专门规定的由规划自然资源部门兜底；有图层未评估的记为“未评估”。
已由人确认、改派、增加、撤销的不会被改动；决定之后套合结果或方案变了、与决定不一致的，写在台账的“与决定不一致（须复核）”一栏并在日志里列出，个数为输出 CONTRADICTED，请复核。</source>
            <translation>Proposes for each patch under the plan who enforces, who assists, who is territorially responsible and so on, each with clause, layer version, area and share.
Where several units have grounds the patch is 待会商 (needs consultation) and a person decides; where nothing special is laid down, natural resources is the fallback (兜底); where a layer was not evaluated it is 未评估 (not evaluated).
What people confirmed, reassigned, added or removed is left alone; where overlay or plan changed since and disagree with a decision, the column 与决定不一致（须复核） of the ledger says so, the log lists it and the output CONTRADICTED counts it: please check.</translation>
        </message>
        <message>
            <source>{}的图斑数</source>
            <translation>Patches: {}</translation>
        </message>
        <message>
            <source>与决定不一致、待复核的图斑数</source>
            <translation>Patches that disagree with a decision</translation>
        </message>
        <message>
            <source>分派了 {} 个图斑，其中 {} 个有变化。</source>
            <translation>Duties assigned to {} patches, {} of them changed.</translation>
        </message>
        <message>
            <source>把工作库完整复制到旁边的“工作库名_备份”文件夹，QGIS 正打开着也可以。
导入图斑、导入市级反馈和填报表、升级工作库结构之前会自动备份一份。
保留份数：超过的旧备份会删掉最早的。
输出：COPY 备份文件。</source>
            <translation>Copies the whole workspace into the folder “name of the workspace_备份” beside it, even while QGIS has it open.
Before patches are imported, returned workbooks are read or its structure is upgraded, a backup is made without asking.
Copies to keep: beyond that the oldest are deleted.
Output: COPY the backup file.</translation>
        </message>
        <message>
            <source>保留份数</source>
            <translation>Copies to keep</translation>
        </message>
        <message>
            <source>备份文件</source>
            <translation>Backup file</translation>
        </message>
        <message>
            <source>已备份到 {}。</source>
            <translation>Backed up to {}.</translation>
        </message>
        <message>
            <source>恢复备份</source>
            <translation>Restore a backup</translation>
        </message>
        <message>
            <source>把工作库恢复成一份备份的样子。恢复之前先把现在的工作库也备份一份，随时可以再换回来。
备份要先核对通过；被其他软件改动过的备份不会用来恢复。
恢复会作为一条变更历史记下来，写明用的哪份备份和恢复前的链尾校验值。
备份文件：不填则用最近的一份。输出：BEFORE 恢复前的工作库存放的位置。</source>
            <translation>Makes the workspace what it was in a backup. The workspace as it is now is backed up first, so that you can go back at any time.
The backup is verified first; one that other software has changed is not used.
The history records the restoring, with the backup used and the last hash before it.
Backup file: empty for the latest one. Output: BEFORE where the workspace before the restoring is kept.</translation>
        </message>
        <message>
            <source>恢复前的工作库</source>
            <translation>Workspace before the restoring</translation>
        </message>
        <message>
            <source>原工作库已损坏，移到 {}。</source>
            <translation>The workspace was damaged; it was moved to {}.</translation>
        </message>
        <message>
            <source>工作库已恢复为 {}。</source>
            <translation>The workspace was restored from {}.</translation>
        </message>
        <message>
            <source>原来的位置上没有工作库。</source>
            <translation>There was no workspace in this place.</translation>
        </message>
        <message>
            <source>恢复前的样子在 {}。</source>
            <translation>What it was before is in {}.</translation>
        </message>
        <message>
            <source>程序内部出错（{}），没有保存任何改动；请把运行日志发给维护人员。</source>
            <translation>Internal error ({}); nothing was saved. Please send the log to the maintainers.</translation>
        </message>
        <message>
            <source>没有填写“{}”，请填写后重试。</source>
            <translation>“{}” is empty; fill it in and try again.</translation>
        </message>
        <message>
            <source>“{}”不能是“{}”，请改正后重试。</source>
            <translation>“{}” cannot be “{}”; correct it and try again.</translation>
        </message>
        <message>
            <source>{}（不填则存到旁边的“{}”文件夹）</source>
            <translation>{} (empty for the folder “{}” beside it)</translation>
        </message>
        <message>
            <source>“{}”里有不能用的控制字符，请重新填写。</source>
            <translation>“{}” has control characters that cannot be used; fill it in again.</translation>
        </message>
        <message>
            <source>“{}”里有不能用在路径中的字符，请重新选择文件。</source>
            <translation>“{}” has characters that a path cannot have; choose the file again.</translation>
        </message>
        <message>
            <source>没有填写“{}”，请选择文件。</source>
            <translation>“{}” is empty; choose a file.</translation>
        </message>
        <message>
            <source>输出文件“{}”的扩展名应为 .{}，请改名后重试。</source>
            <translation>The output file “{}” should have the extension .{}; rename it and try again.</translation>
        </message>
        <message>
            <source>“{}”应写成 2021-07-20 的样子，现在是“{}”。</source>
            <translation>“{}” must look like 2021-07-20; it is “{}”.</translation>
        </message>
        <message>
            <source>不认识坐标系“{}”，请写成 EPSG:4524 的样子。</source>
            <translation>Unknown coordinate system “{}”; write it like EPSG:4524.</translation>
        </message>
        <message>
            <source>第{}行（{}）退回：{}</source>
            <translation>Row {} ({}) refused: {}</translation>
        </message>
        <message>
            <source>办案设置</source>
            <translation>Casework settings</translation>
        </message>
        <message>
            <source>改变工作库的办案设置，不填的不变；改动记入历史，以前的判定不受影响。
判定字典：按年度（默认：2025年及以前用月清系统口径，2026年起用一体化口径）、categories_2021、categories_2026，或自备的字典文件（YAML，写法见插件 plans 文件夹里的 categories_2021.yaml）。字典写错的，逐条给出行号，不予采用。
复核人须与判定人不同：是（默认）或否。
输出：CHANGED 改变的设置数；DICTIONARY 现在所用的字典和版本。</source>
            <translation>Changes the settings of a workspace; what is left empty stays. Changes go into the history and do not touch earlier determinations.
Categories: 按年度 (by year, the default: the monthly system's up to 2025, the integrated system's from 2026), categories_2021, categories_2026, or a dictionary file of your own (YAML, written like categories_2021.yaml in the plug-in's folder plans). A dictionary with errors is refused, with the line of each.
The reviewer must differ from the determiner: 是 (yes, the default) or 否 (no).
Outputs: CHANGED settings changed; DICTIONARY the dictionary and version now in use.</translation>
        </message>
        <message>
            <source>判定字典（不填则不变）</source>
            <translation>Categories (empty for no change)</translation>
        </message>
        <message>
            <source>复核人须与判定人不同（不填则不变）</source>
            <translation>The reviewer must differ from the determiner (empty for no change)</translation>
        </message>
        <message>
            <source>改变的设置数</source>
            <translation>Settings changed</translation>
        </message>
        <message>
            <source>所用的判定字典</source>
            <translation>Dictionary in use</translation>
        </message>
        <message>
            <source>改变了 {} 项设置；判定字典：{}。</source>
            <translation>{} settings changed; categories: {}.</translation>
        </message>
        <message>
            <source>检查一份方案文件（YAML）的写法，并逐个演算文件里的示例，结果写成一页报告。不改动任何文件。
写法有问题的，逐条给出行号和允许的写法；示例演算不符的，写明应为什么、实为什么。
有写法问题或示例不符的方案文件不能采用。
输出：PASSED 相符的示例数；FAILED 不符的示例数（写法有问题时为问题处数）；REPORT 报告。
怎样写方案文件，见《方案文件写法》。</source>
            <translation>Checks how a plan file (YAML) is written and works the examples in it; the result is a one-page report. No file is changed.
Each error comes with its line and what is allowed; each example that differs, with what it should be and what it is.
A plan file with errors or differing examples cannot be adopted.
Outputs: PASSED examples that agree; FAILED examples that differ (with errors, their number); REPORT the report.
How to write a plan file: see 《方案文件写法》.</translation>
        </message>
        <message>
            <source>检查报告</source>
            <translation>Report of the check</translation>
        </message>
        <message>
            <source>相符的示例数</source>
            <translation>Examples that agree</translation>
        </message>
        <message>
            <source>不符的示例数</source>
            <translation>Examples that differ</translation>
        </message>
        <message>
            <source>第{}行：{}：{}</source>
            <translation>Line {}: {}: {}</translation>
        </message>
        <message>
            <source>新建一个年度的工作库（GeoPackage），图斑、套合结果、职责分派、判定和变更历史都存在里面。
工作库：新文件的位置，已有的文件不会被覆盖。
年度：卫片执法年度，如 2021。
方案文件：写明职责分工的 YAML 文件；不填则用随插件提供的武隆区2021年工作方案。</source>
            <translation>Makes the workspace of a year (GeoPackage), which holds patches, overlay, duties, determinations and history.
Workspace: where the new file goes; an existing file is never overwritten.
Year: of the enforcement, such as 2021.
Plan file: the YAML file that lays down who does what; empty for the plan of Wulong 2021 that comes with the plug-in.</translation>
        </message>
        <message>
            <source>工作库（新文件 *.gpkg）</source>
            <translation>Workspace (new file *.gpkg)</translation>
        </message>
        <message>
            <source>年度</source>
            <translation>Year</translation>
        </message>
        <message>
            <source>已新建工作库 {}，采用《{}》（{}）。</source>
            <translation>Workspace {} made, with “{}” ({}).</translation>
        </message>
        <message>
            <source>期限预警表</source>
            <translation>Deadlines</translation>
        </message>
        <message>
            <source>按收到日期计算每个图斑的判定期限（方案三（一）：15日内完成合法性判定），写成 Excel：
期限队列（按剩余天数排列）、按乡镇和按单位的逾期统计、今后15天到期预测、月清季核年度截止、延期记录。
自然日或工作日、从哪天起算、期满遇节假日是否顺延、市级审核期间暂停，都在方案文件的 deadlines 一节设置，表上写明；方案没有规定的标“非文件规定”。
节假日表随插件提供；要改，把 plans/holidays.yaml 复制到工作库所在文件夹，改名“节假日.yaml”后修改，以它为准，升级插件不会覆盖。
拆分出的图斑沿用原图斑的收到日期、延期和市级审核天数；撤销的延期从撤销日期起不再计算。
截至日期不填为今天；填以前的日期，只算到那天为止的办理步骤、判定、拆分和延期。本工具不改动工作库。
输出：OUTPUT 工作簿；WAITING 待判定数；OVERDUE 逾期数；DUE_7、DUE_15 今后7天、15天内到期数。</source>
            <translation>Computes by when each patch must be determined, from the day of receipt (plan 三（一）: within 15 days), and writes an Excel workbook:
the queue by days left, overdue patches by township and by unit, what falls due in the next 15 days, the ends of months, quarters and year, and the extensions.
Calendar or working days, the first day that counts, whether a term that ends on a holiday moves on, and the pause while the city examines are set in the section deadlines of the plan file and stated on the sheet; what the plan does not lay down is marked 非文件规定.
The table of holidays comes with the plug-in; to change it, copy plans/holidays.yaml into the folder of the workspace as 节假日.yaml and edit that: it takes precedence and no update overwrites it.
Parts of a split patch keep its day of receipt, extensions and days with the city; an extension that was taken back no longer counts from that day.
As of, left empty, is today; for an earlier day only steps, determinations, splits and extensions up to it count. The workspace is not changed.
Outputs: OUTPUT the workbook; WAITING to be determined; OVERDUE overdue; DUE_7, DUE_15 due within 7 and 15 days.</translation>
        </message>
        <message>
            <source>截至日期（年-月-日，不填为今天）</source>
            <translation>As of (yyyy-mm-dd, empty for today)</translation>
        </message>
        <message>
            <source>待判定的图斑数</source>
            <translation>Patches to be determined</translation>
        </message>
        <message>
            <source>逾期的图斑数</source>
            <translation>Patches overdue</translation>
        </message>
        <message>
            <source>7日内到期的图斑数</source>
            <translation>Patches due within 7 days</translation>
        </message>
        <message>
            <source>15日内到期的图斑数</source>
            <translation>Patches due within 15 days</translation>
        </message>
        <message>
            <source>待判定 {} 个，其中逾期 {} 个。</source>
            <translation>{} to be determined, {} of them overdue.</translation>
        </message>
        <message>
            <source>职责决定表</source>
            <translation>Table of decisions</translation>
        </message>
        <message>
            <source>决定人</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>把会商、审定的结果成批记入工作库：确认、改派、增加、撤销图斑的职责。逐行报告记录了什么、退回了什么和原因。
表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：
  图斑编号（必填）；决定（必填）：确认、改派、增加、撤销；
  职责：查处、协办、属地责任、复耕验收、复绿验收、没收接收、移送受理、断供、督查，不填即查处；
  单位：被确认、增加、撤销的单位，或改派前的单位，只有一家时可不填；新单位：改派后的单位；
  理由：改派、增加、撤销和待会商、未评估图斑的确认必填；依据：会议纪要、文号；日期：不填为今天。
单位写方案文件里的名称、简称或别名，或乡镇街道、管委会的名称。
每个图斑始终恰有一个查处单位：查处只能确认或改派，不能增加、撤销。查处经人决定后，图斑状态记为“唯一”（由谁决定、原状态和理由留在职责分派表、职责决定表和历史里）。
以后重新套合、分派都不会改动这里记录的决定，只注明不一致之处。同一张表再运行一次，不会重复记录。
决定人：作出决定的人。</source>
            <translation>Records what consultations and approvals decided about duties: 确认 (confirm), 改派 (reassign), 增加 (add), 撤销 (remove). The report says row by row what was recorded, what was refused and why.
Columns of the table (.xlsx or .csv, GBK or UTF-8), in any order, others are not read:
  图斑编号 (patch number, required); 决定 (decision, required): 确认, 改派, 增加, 撤销;
  职责 (duty): 查处 (enforcement), 协办 (assistance), 属地责任 (territorial responsibility), 复耕验收 (acceptance of farmland restored), 复绿验收 (of green land restored), 没收接收 (receiving what is confiscated), 移送受理 (taking cases transferred), 断供 (cutting supplies), 督查 (supervision); empty for 查处;
  单位 (unit): the one confirmed, added or removed, or the one before a reassignment, may stay empty when there is only one; 新单位 (new unit): the one after;
  理由 (reason): required to reassign, add or remove, and to confirm on patches 待会商 or 未评估; 依据 (reference): minutes, document number; 日期 (day): empty for today.
Units are written by their name, short name or alias in the plan file, or as the name of a township or committee.
Each patch always has exactly one enforcement unit: enforcement can be confirmed or reassigned, not added or removed. Once a person has decided it, the state of the patch is 唯一 (single); who decided, the former state and the reason stay in the tables and the history.
Later overlays and assignments leave these decisions alone and only note where they disagree. Running the same table again records nothing twice.
Person: who decided.</translation>
        </message>
        <message>
            <source>记录合法性判定</source>
            <translation>Record determinations</translation>
        </message>
        <message>
            <source>判定表</source>
            <translation>Table of determinations</translation>
        </message>
        <message>
            <source>判定人</source>
            <translation>Determined by</translation>
        </message>
        <message>
            <source>新记录的行数</source>
            <translation>Rows newly recorded</translation>
        </message>
        <message>
            <source>新记录 {} 行，退回 {} 行。</source>
            <translation>{} rows newly recorded, {} refused.</translation>
        </message>
        <message>
            <source>把判定结果成批记入工作库，逐行报告记录了什么、退回了什么和原因；退回的行不影响其他行。
表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：
  图斑编号、判定结果（必填）；类别、判定依据（必填）；文号；判定日期：不填为今天；
  类别要求的举证项，列名即举证项名称，如 批准时间、批准面积、到期时间、用地协议备案编号。
判定结果：合法、违法、其他；不能判定的写“存疑”并写明原因，图斑留在待核查，不算判定，也不当作违法。
合法的必须有文号，没有批文的不予记录；临时用地也要文号，已到期的不予记录；违法的不要求证明故意，也不要文号。
类别按工作库所用的字典（默认按年度，可在“办案设置”里改），每次判定都记下所用的字典和版本。
记录后图斑转为“已判定”。再次判定是新的一次，以前各次保留；已复核的须先退回。同一张表再运行一次，不会重复记录。
输出：RECORDED 新记录的行数；REJECTED 退回的行数；REPORT 逐行报告。</source>
            <translation>Records determinations from a table; the report says row by row what was recorded, what was refused and why. A refused row does not touch the others.
Columns of the table (.xlsx or .csv, GBK or UTF-8), in any order, others are not read:
  图斑编号 (patch number), 判定结果 (result), both required; 类别 (category), 判定依据 (grounds), both required; 文号 (document number); 判定日期 (day): empty for today;
  the evidence that the category asks for, each under its own name, such as 批准时间, 批准面积, 到期时间, 用地协议备案编号.
Results: 合法 (legal), 违法 (illegal), 其他 (other); what cannot be judged is 存疑 (doubtful) with a reason: the patch stays 待核查, and counts neither as determined nor as illegal.
合法 needs a document number: without an approval it is not recorded; temporary use needs one too, and is not recorded once it has expired; 违法 needs no proof of intent and no document.
Categories follow the dictionary of the workspace (by year, see “Casework settings”); each determination keeps dictionary and version.
The patch becomes 已判定 (determined). A further determination is a new revision and the earlier ones stay; a reviewed patch must be sent back first. Running the same table again records nothing twice.
Outputs: RECORDED rows newly recorded; REJECTED rows refused; REPORT row by row.</translation>
        </message>
        <message>
            <source>下发任务清单</source>
            <translation>Task lists</translation>
        </message>
        <message>
            <source>按单位写出任务清单，每个部门、乡镇、街道、管委会一个 Excel 文件：它负责的图斑、职责和依据、判定期限，以及由它填写的核查情况、现场用途、建设主体、整改措施、拆除面积、完成日期、照片编号等。
单位不填写就写全部有职责的单位（不含督查）；填写单位名称（几个用顿号分开）就只写这些单位。
要填写的列由列模板决定，可以另给自己的 .yaml 文件。
填好退回的文件，用“导入市级反馈和填报表”读回，请勿删除其中隐藏的内容。</source>
            <translation>Writes the tasks of each unit, an Excel file for every department, township, sub-district and committee: its patches, duties with their grounds, and deadlines, and what it fills in: what was found, use on site, builder, rectification, area demolished, day of completion, photo numbers and so on.
Units empty is all units with a duty (supervision apart); with names (separated by 、) only these.
Which columns there are to fill in the column template says; you can give your own .yaml file.
Read the filled files back with “Read returned workbooks”; do not delete what is hidden in them.</translation>
        </message>
        <message>
            <source>单位（不填为全部）</source>
            <translation>Units (empty for all)</translation>
        </message>
        <message>
            <source>列模板</source>
            <translation>Column template</translation>
        </message>
        <message>
            <source>放清单的文件夹</source>
            <translation>Folder for the lists</translation>
        </message>
        <message>
            <source>文件数</source>
            <translation>Files</translation>
        </message>
        <message>
            <source>任务数</source>
            <translation>Tasks</translation>
        </message>
        <message>
            <source>写好 {} 个文件，共 {} 条任务。</source>
            <translation>{} files written, {} tasks in all.</translation>
        </message>
        <message>
            <source>职责分布图</source>
            <translation>Map of duties</translation>
        </message>
        <message>
            <source>不等图斑下发，先把全区按查处职责的空间范围切开：哪里没有专门单位（兜底）、哪里只有一家、哪里几家重叠（会有争议）。
输出一个 GeoPackage：图层 duty_area（按乡镇和范围组合）、面积表 duty_combination（平方公里）。
各部分面积之和等于乡镇街道图层的总面积（相差不超过 1 平方米，否则不写出）。
底图库没有的图层记为未评估，写在每个要素和说明里，不等于没有。按事实确定的职责（如农村住宅）不在图上。
工作库（取方案）和底图库只读不写。</source>
            <translation>Before any patch is issued, cuts the whole district along the ranges of enforcement: where no special unit is named (fallback), where there is one, and where several overlap (to be disputed).
The output is a GeoPackage: layer duty_area (by township and combination of ranges) and table duty_combination (areas in km²).
The parts sum to the area of the township layer (to 1 m², else nothing is written).
A layer missing from the base library is 未评估 (not evaluated); every feature and the notes say so, and it does not mean “none”. Duties by facts (such as rural houses) are not on the map.
Workspace (for the plan) and base library are only read.</translation>
        </message>
        <message>
            <source>全区平方公里</source>
            <translation>Whole district, km²</translation>
        </message>
        <message>
            <source>没有专门单位的平方公里</source>
            <translation>Without a special unit, km²</translation>
        </message>
        <message>
            <source>只有一家的平方公里</source>
            <translation>With one unit, km²</translation>
        </message>
        <message>
            <source>几家重叠的平方公里</source>
            <translation>With several units, km²</translation>
        </message>
        <message>
            <source>全区 {:.2f} 平方公里：{}。</source>
            <translation>Whole district {:.2f} km²: {}.</translation>
        </message>
        <message>
            <source>图斑职责会商材料</source>
            <translation>Consultation papers</translation>
        </message>
        <message>
            <source>把图斑的职责矩阵写成可打印的一页：每家的主张（面积、占比、条款、图层版本，边角另标）、每项职责的依据语句、还没有查明的事项、已有的决定，末尾留出会商结果和签字的空格。
图斑编号：几个用顿号隔开；不填则写出所有“待会商”的，和决定与新结果不一致、须复核的。
按工作库现有的套合结果和方案现算，只读不写。会商结果用“记录职责决定”记入。</source>
            <translation>Writes the duties of a patch as a page to print: what each unit claims (area, share, clause, layer version, slivers marked), the sentence of each duty, what is not known yet, decisions taken, and room for the result and signatures.
Patch numbers: several separated by 、; empty for all patches 待会商 and those whose decision disagrees with new results.
Computed from the overlay and plan of the workspace, which is only read. Record the result with “Record decisions on duties”.</translation>
        </message>
        <message>
            <source>写出的图斑数</source>
            <translation>Patches written</translation>
        </message>
        <message>
            <source>写出 {} 个图斑，其中未定的 {} 个。</source>
            <translation>{} patches written, {} of them open.</translation>
        </message>
        <message>
            <source>把工作库里的图斑、套合面积、职责分派、判定和查处整改导出为一个 Excel 工作簿：
核查判定汇总表、图斑台账、违法图斑查处整改台账、部门分派清单、乡镇统计与排序、占用耕地比例、套合面积审核表、上报自查、汇总、各部门和各乡镇的清单、填报说明。
合计、排名和比例是公式，可以在表里继续筛选、核对；判定结果等可从下拉列表中选；编码是文本，不会丢掉前面的零。
列模板决定有哪些表、哪些列、列名和先后：填“完整版”“市级简表”，或自己的 .yaml 文件。
上报自查：标注＝照样导出并逐图斑标出问题；拒绝＝有须补正的图斑就不导出；不查＝不检查。
市级填好后退回的文件，用“导入市级反馈和填报表”读回，请勿删除其中隐藏的内容。
目标文件正被 Excel 打开时会提示关闭，不会损坏原文件。</source>
            <translation>Exports patches, overlay areas, duties, determinations and rectification of the workspace as one Excel workbook:
summary of determinations, ledger of patches, ledger of enforcement, lists by department, township statistics and ranking, farmland ratio, overlay areas, self-check, summary, lists of each department and township, and notes.
Totals, ranks and ratios are formulas, so you can filter and check; results are chosen from lists; codes are text and keep their leading zeros.
The column template says which sheets and columns there are, their names and order: 完整版 (full), 市级简表 (short, for the city) or your own .yaml file.
Self-check: 标注 = export and mark problems patch by patch; 拒绝 = no export while anything must be corrected; 不查 = no check.
Read what the city returns with “Read returned workbooks”; do not delete what is hidden in the file.
If Excel has the target open you are asked to close it; the file there is not damaged.</translation>
        </message>
        <message>
            <source>上报工作簿</source>
            <translation>Workbook for the city</translation>
        </message>
        <message>
            <source>图斑数</source>
            <translation>Patches</translation>
        </message>
        <message>
            <source>须补正的图斑数</source>
            <translation>Patches to correct</translation>
        </message>
        <message>
            <source>上报自查：{} 个图斑中有 {} 个须补正。</source>
            <translation>Self-check: of {} patches {} must be corrected.</translation>
        </message>
        <message>
            <source>“上报自查”只能写{}，现在是“{}”。</source>
            <translation>“Self-check” can only be {}; it is “{}”.</translation>
        </message>
        <message>
            <source>延长判定期限</source>
            <translation>Extend a term</translation>
        </message>
        <message>
            <source>记录经批准的判定期限延长，天数的算法（自然日或工作日）与方案文件一致；几次延长相加。
成批：在“延长表”里选表格（.xlsx 或 .csv），列为 图斑编号、延长天数、批准人、理由（必填）、批准日期、文号、操作、撤销日期；批准日期不填为今天。
单个：不选表格，填写图斑编号、延长天数、批准人、理由。
同一批准（图斑、天数、批准日期、文号都相同）再记一次，不会重复计算。
记错的延期：操作写“撤销”，图斑编号、延长天数、批准日期、文号与原记录一致（只有一次相符的，后两项可不填），批准人写由谁批准撤销，理由写为何撤销，撤销日期不填为今天；从撤销日期起不再计算。记录和撤销都不能修改，历史可查。
输出：RECORDED 新记录的行数；REJECTED 退回的行数；REPORT 逐行报告。</source>
            <translation>Records approved extensions of the term for the determination; days count as in the plan file (calendar or working days), and several extensions add up.
Many: choose a table under “Table of extensions (for many)” (.xlsx or .csv) with the columns 图斑编号 (patch number), 延长天数 (days), 批准人 (approved by), 理由 (reason), all required, and 批准日期 (approved on), 文号 (document), 操作 (operation), 撤销日期 (taken back on); 批准日期 empty is today.
One: no table, fill in patch number, days, approver and reason.
The same approval (patch, days, day and document all equal) recorded again does not count twice.
To take one back: operation 撤销, with patch number, days, day and document as recorded (the last two may stay empty if only one fits), who approves that and why; 撤销日期 empty is today, and from that day it no longer counts. Neither can be edited, and the history keeps both.
Outputs: RECORDED rows newly recorded; REJECTED rows refused; REPORT row by row.</translation>
        </message>
        <message>
            <source>延长表（成批时）</source>
            <translation>Table of extensions (for many)</translation>
        </message>
        <message>
            <source>图斑编号（单个时）</source>
            <translation>Patch number (for one)</translation>
        </message>
        <message>
            <source>延长天数</source>
            <translation>Days</translation>
        </message>
        <message>
            <source>批准人</source>
            <translation>Approved by</translation>
        </message>
        <message>
            <source>批准日期（年-月-日，不填为今天）</source>
            <translation>Approved on (yyyy-mm-dd, empty for today)</translation>
        </message>
        <message>
            <source>理由</source>
            <translation>Reason</translation>
        </message>
        <message>
            <source>操作（登记或撤销，不填为登记）</source>
            <translation>Operation (登记 record or 撤销 take back; empty for 登记)</translation>
        </message>
        <message>
            <source>撤销日期（年-月-日，不填为今天）</source>
            <translation>Taken back on (yyyy-mm-dd, empty for today)</translation>
        </message>
        <message>
            <source>1 工作库与底图</source>
            <translation>1 Workspace and base layers</translation>
        </message>
        <message>
            <source>2 导入、套合与分派</source>
            <translation>2 Import, overlay and duties</translation>
        </message>
        <message>
            <source>3 会商与下发</source>
            <translation>3 Consultation and dispatch</translation>
        </message>
        <message>
            <source>4 核查判定与整改</source>
            <translation>4 Checks, determinations and rectification</translation>
        </message>
        <message>
            <source>5 上报、反馈与统计</source>
            <translation>5 Reports, feedback and statistics</translation>
        </message>
        <message>
            <source>6 方案与设置</source>
            <translation>6 Plan and settings</translation>
        </message>
        <message>
            <source>7 备份与核对</source>
            <translation>7 Backup and verification</translation>
        </message>
        <message>
            <source>把一个底图图层导入底图库：认出编码和坐标系，修复图形，统一到 CGCS2000 经纬度并建立索引。
同一种图层再次导入时，新版全部成功后才替换旧版。原文件不会被改动。
底图库：不存在时新建。
图层文件：shp、gpkg（可写 路径|layername=图层名）、gdb 等。
图层种类：这个图层在套合里充当什么；不填则按图层名和字段识别，拿不准时说明各类得分、不导入。
版本：如 2020年度变更调查，会写进依据语句和台账。
编码、坐标系：一般不填，自动识别并写进报告。
方案文件：用来核对图层是否落在本区；不填则按底图库里的乡镇界，没有乡镇界则按武隆区。
只预检：做完全部检查并写出报告，底图库不作任何改动。</source>
            <translation>Imports a base layer into the base library: finds encoding and coordinate system, repairs shapes, brings all to CGCS2000 degrees and indexes it.
When a layer of the same role is imported again, the new one replaces the old one only after all went well. The source file is not changed.
Base library: made if it does not exist.
Layer file: shp, gpkg (path|layername=name), gdb and others.
Role: what the layer is in the overlay; empty to guess by name and fields; when unsure, the scores are shown and nothing is imported.
Version: such as 2020年度变更调查; it appears in sentences and ledgers.
Encoding and coordinate system: usually empty; they are found out and reported.
Plan file: to check that the layer lies in the district; empty for the township boundaries of the base library, else Wulong.
Check only: makes all checks and the report and leaves the base library as it is.</translation>
        </message>
        <message>
            <source>底图库（不存在则新建 *.gpkg）</source>
            <translation>Base library (made if absent, *.gpkg)</translation>
        </message>
        <message>
            <source>图层文件</source>
            <translation>Layer file</translation>
        </message>
        <message>
            <source>所有文件 (*)</source>
            <translation>All files (*)</translation>
        </message>
        <message>
            <source>图层种类（不填则自动识别）</source>
            <translation>Role (guessed where empty)</translation>
        </message>
        <message>
            <source>属性编码</source>
            <translation>Encoding</translation>
        </message>
        <message>
            <source>坐标系</source>
            <translation>Coordinate system</translation>
        </message>
        <message>
            <source>方案文件（用来核对位置）</source>
            <translation>Plan file (to check the place)</translation>
        </message>
        <message>
            <source>只预检，不写入</source>
            <translation>Check only, write nothing</translation>
        </message>
        <message>
            <source>图层种类</source>
            <translation>Role</translation>
        </message>
        <message>
            <source>要素数</source>
            <translation>Features</translation>
        </message>
        <message>
            <source>发现的问题数</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>导入报告</source>
            <translation>Import report</translation>
        </message>
        <message>
            <source>图层种类：{}（得分：{}）</source>
            <translation>Role: {} (scores: {})</translation>
        </message>
        <message>
            <source>导入市级反馈和填报表</source>
            <translation>Read returned workbooks</translation>
        </message>
        <message>
            <source>把市级审核后退回的上报工作簿，或乡镇、部门填好的分派工作簿读回来，逐格比较导出时、现在、对方三方的值。
认图斑先用隐藏的系统标识，再用图斑编号（全角、空格不碍事）；两者不符、编号被存成数字丢了末位的，一律不猜，列在报告里。排序、筛选、隐藏、增删列、改列名、调列序都不影响。
能改动的：判定（按记录判定的规则，判定人记为市级，记为新一次）；退回原因记为待办，图斑转为市级退回（没有办理上报的记为“市级退回补记”，审核结束的不动）；备注和填报内容；建设主体、用途。面积、编号、图形、职责永远不改，面积不同的按提醒（≤0.1亩）、警告（&gt;0.1亩）、严重（&gt;1亩）列出。
两边都改过的、同一图斑几行写得不一样的、单元格是公式的，都列为冲突，不采用；对方清空的格子不当作删除。
不勾选“应用”只出报告；勾选后没有冲突的一次写入并留历史。同一份表再导入一次，不会有任何改动。
输出：CHANGED 改动的格数和待办数；CONFLICTS 冲突数；UNMATCHED 没有认出图斑的行数。</source>
            <translation>Reads back the workbook that the city examined and returned, or the lists that townships and departments filled in, and compares cell by cell what went out, what holds now and what they say.
Patches are found by the hidden identifier, then by their number (full-width letters and blanks do not matter); where the two disagree, or a number lost its last digits as a figure, nothing is guessed and the report lists it. Sorting, filters, hidden, added, deleted, renamed and moved columns do no harm.
What can change: determinations (by the rules of recording, as a new revision by the city); reasons for return, which become tasks while the patch becomes 市级退回 (one not reported yet as 市级退回补记; finished ones stay); remarks and what was filled in; builder and use. Areas, numbers, shapes and duties never change; differing areas are listed as notice (≤0.1 mu), warning (&gt;0.1 mu) or serious (&gt;1 mu).
What both sides changed, rows of one patch that disagree, and cells with formulas are conflicts and not taken; a cell they emptied is no deletion.
Without “Apply” there is only the report; with it all that is free of conflict is written at once, with history. Reading the same workbook again changes nothing.
Outputs: CHANGED cells and tasks; CONFLICTS conflicts; UNMATCHED rows without a known patch.</translation>
        </message>
        <message>
            <source>反馈表或填报表</source>
            <translation>Returned workbook</translation>
        </message>
        <message>
            <source>应用没有冲突的改动</source>
            <translation>Apply changes free of conflict</translation>
        </message>
        <message>
            <source>核对报告</source>
            <translation>Report of the comparison</translation>
        </message>
        <message>
            <source>改动数</source>
            <translation>Changes</translation>
        </message>
        <message>
            <source>冲突数</source>
            <translation>Conflicts</translation>
        </message>
        <message>
            <source>没有认出图斑的行数</source>
            <translation>Rows without a known patch</translation>
        </message>
        <message>
            <source>{}没有认出图斑：{}。</source>
            <translation>{} no known patch: {}.</translation>
        </message>
        <message>
            <source>改动 {} 处，冲突 {} 处，没有认出图斑的 {} 行，面积差异 {} 处。</source>
            <translation>{} changes, {} conflicts, {} rows without a known patch, {} differences in area.</translation>
        </message>
        <message>
            <source>把下发的一批卫片图斑导入工作库：认出编码、坐标系和面积单位，修复图形，列出发现的问题并生成报告。
原文件不会被改动。有错误的图斑不导入，列在报告里；其余的一次写入，中途出错就一个也不写入。
收到日期：写成 2021-07-20；15日判定期限从次日起算。
批次：如 2021年7月；不填则用文件名。
编码、坐标系、面积单位：一般不填，自动识别并写进报告。
更新已有图斑：以前批次里已有的编号，不选则整批不导入；选中则更新下发字段和图形，清除由旧数据算出的套合结果和职责建议；已作的判定、确认的职责和办理阶段一律不动。
只预检：做完全部检查并写出报告，工作库不作任何改动。</source>
            <translation>Imports a batch of issued patches into the workspace: finds encoding, coordinate system and unit of area, repairs shapes, lists findings and writes a report.
The source file is not changed. Patches with errors are not imported but listed in the report; the others are written all at once, or none of them where that fails.
Received on: such as 2021-07-20; the term of 15 days begins the day after.
Batch: such as 2021年7月; empty for the file's name.
Encoding, coordinate system, unit of area: usually empty; they are found out and reported.
Update known patches: numbers known from earlier batches stop the import unless this is ticked; then they get the new fields and shapes, and overlay and proposed duties from old data are removed; determinations, confirmed duties and stages stay.
Check only: makes all checks and the report and leaves the workspace as it is.</translation>
        </message>
        <message>
            <source>下发的图斑文件</source>
            <translation>Issued patch file</translation>
        </message>
        <message>
            <source>收到日期（年-月-日）</source>
            <translation>Received on (yyyy-mm-dd)</translation>
        </message>
        <message>
            <source>面积单位</source>
            <translation>Unit of area</translation>
        </message>
        <message>
            <source>更新已有图斑（重新下发的同一编号）</source>
            <translation>Update known patches (same number issued again)</translation>
        </message>
        <message>
            <source>其中更新的图斑数</source>
            <translation>Patches updated</translation>
        </message>
        <message>
            <source>没有“{}”这种图层，请从这些里选：{}。</source>
            <translation>There is no role “{}”; choose one of these: {}.</translation>
        </message>
        <message>
            <source>出具信函和总结</source>
            <translation>Letters and reports</translation>
        </message>
        <message>
            <source>按工作库的统计数据出具督办函、通报、约谈提请、年度工作总结，写成 .odt 文档，WPS、Word、LibreOffice 都能打开和修改。
依据：方案四（一）“函告督办、通报和提请区政府进行警示约谈”，三（二）年度书面工作总结，五（五）综合评估和统计排序、警示约谈。
单位：督办函必填，写乡镇街道、管委会或查处单位；通报、年度工作总结不填即全区；约谈提请不填则列出比例超过控制目标、有超期、退回或未整改图斑的乡镇街道。
截止日期：数据统计到哪一天，2021-11-30 的样子。
模板：插件文件夹里 plans/letters 有四个 .txt，写法和可用的名称见 supervision.txt 开头。复制到工作库旁边的“信函模板”文件夹，改名为 督办函.txt、通报.txt、约谈提请.txt、年度工作总结.txt，用记事本修改，以后就用它；也可以在这里另选一个。写错的按行号提示。
出具的是草稿，由经办人核对、编号、审签。工作库不作任何改动。</source>
            <translation>Writes 督办函 (supervision letter), 通报 (circular), 约谈提请 (request for an interview) and 年度工作总结 (annual report) from the figures of the workspace, as .odt documents that WPS, Word and LibreOffice open and edit.
Basis: plan 四（一） on supervision letters, circulars and requests to the district government, 三（二） on the annual report, 五（五） on assessment, ranking and interviews.
Unit: required for a supervision letter (township, committee or enforcement unit); empty for the whole district in circular and annual report; empty in a request lists the townships above the target ratio or with patches overdue, returned or not rectified.
As of: the day up to which figures count, such as 2021-11-30.
Template: plans/letters in the plug-in's folder has four .txt files; the head of supervision.txt says how they are written and which names there are. Copy them into the folder 信函模板 beside the workspace as 督办函.txt, 通报.txt, 约谈提请.txt, 年度工作总结.txt and edit them there, or choose another one here. Errors are told with their line.
The letters are drafts for a person to check, number and sign. The workspace is not changed.</translation>
        </message>
        <message>
            <source>信函种类</source>
            <translation>Kind of letter</translation>
        </message>
        <message>
            <source>单位</source>
            <translation>Unit</translation>
        </message>
        <message>
            <source>截止日期</source>
            <translation>As of</translation>
        </message>
        <message>
            <source>模板</source>
            <translation>Template</translation>
        </message>
        <message>
            <source>文本 (*.txt)</source>
            <translation>Text (*.txt)</translation>
        </message>
        <message>
            <source>信函</source>
            <translation>Letter</translation>
        </message>
        <message>
            <source>一次完成：导入下发图斑、套合分析、分派职责、导出上报工作簿。每一步与单独运行完全相同。
导入之后如果某一步失败，前面已完成的步骤保留，可以单独接着运行。</source>
            <translation>All in one go: import issued patches, overlay, assign duties, export the workbook for the city. Each step is the same as when run alone.
If a step after the import fails, what was done before stays and you can go on step by step.</translation>
        </message>
        <message>
            <source>把工作库里的图斑与底图库的全部图层套合，算出每个图斑占各地类、各管理范围的面积（椭球面积，平方米和亩）。
重叠的范围只计一次；没有导入的图层记为“未评估”，不会当作“没有占用”。
结果只是线索，不是判定。重复运行，数据没变结果就不变。
批次：不填则套合全部图斑。</source>
            <translation>Overlays the patches of the workspace with all layers of the base library and computes how much of each patch lies in which land class and control area (ellipsoidal area, m² and mu).
Ranges that overlap count once; a layer that was not imported is 未评估 (not evaluated) and never taken for “nothing there”.
The result is a clue, no determination. Run again on the same data it stays the same.
Batch: empty for all patches.</translation>
        </message>
        <message>
            <source>套合的图斑数</source>
            <translation>Patches overlaid</translation>
        </message>
        <message>
            <source>有图层未评估的图斑数</source>
            <translation>Patches with layers not evaluated</translation>
        </message>
        <message>
            <source>套合 {} 个图斑，其中 {} 个的结果有变化。</source>
            <translation>{} patches overlaid, {} of them changed.</translation>
        </message>
        <message>
            <source>按市级审核退回图斑的十四类原因和面积关系逐图斑检查，写出报告：每个图斑还缺什么、怎么办。
须补正：缺少必须的内容或数据矛盾，上报前必须补齐；提醒：可能被退回，请核对；须由人确认：程序无法判断的事项（如照片真伪、材料是否属于本图斑）。
检查项目和限值可以调整：把插件里的 plans/precheck.yaml 复制到工作库所在文件夹，改名为“上报自查.yaml”再改。
只读工作库，不改动任何数据。</source>
            <translation>Checks each patch for the fourteen reasons the city returns patches for, and its areas against each other, and writes a report: what each patch lacks and what to do.
须补正 (must be corrected): something required is missing or data disagree; 提醒 (warning): may be returned, please check; 须由人确认 (for a person): what no program can judge, such as whether a photo is genuine or a paper belongs to this patch.
What is checked and the limits can be changed: copy plans/precheck.yaml of the plug-in into the folder of the workspace as 上报自查.yaml and edit that.
The workspace is only read.</translation>
        </message>
        <message>
            <source>自查报告</source>
            <translation>Report of the self-check</translation>
        </message>
        <message>
            <source>有提醒的图斑数</source>
            <translation>Patches with warnings</translation>
        </message>
        <message>
            <source>须由人确认的图斑数</source>
            <translation>Patches for a person to confirm</translation>
        </message>
        <message>
            <source>{} 个图斑：须补正 {} 个，有提醒 {} 个，须由人确认 {} 个。</source>
            <translation>{} patches: {} must be corrected, {} with warnings, {} for a person to confirm.</translation>
        </message>
        <message>
            <source>判定建议</source>
            <translation>Proposed determinations</translation>
        </message>
        <message>
            <source>按套合结果给每个图斑提出判定建议，写成一页报告，并列出已有的判定，供核查时参考。
依次看：批文、设施农用地、临时用地（到收到日期未到期的）、农村道路、其他，都不符合的才建议违法；每条写明覆盖率、未覆盖的亩数和规则编号。
审批、备案、临时用地图层有没评估的，建议只能是存疑，不会是违法。
建议不是判定，不写入工作库；判定由人作出，用“记录合法性判定”记录。</source>
            <translation>Proposes a determination for each patch from the overlay, as a one-page report that also lists the determinations made, for use in the checking.
Looked at in order: approvals, facility farmland, temporary use (not expired on the day of receipt), rural roads, other; only what fits none is proposed as 违法 (illegal). Each says how much is covered, how many mu are not, and the rule.
Where a layer of approvals, records or temporary use was not evaluated, the proposal can only be 存疑 (doubtful), never 违法.
A proposal is no determination and is not written into the workspace; a person determines, with “Record determinations”.</translation>
        </message>
        <message>
            <source>批次（不填则全部）</source>
            <translation>Batch (empty for all)</translation>
        </message>
        <message>
            <source>建议报告</source>
            <translation>Report of proposals</translation>
        </message>
        <message>
            <source>建议{}的图斑数</source>
            <translation>Patches proposed: {}</translation>
        </message>
        <message>
            <source>建议的图斑数：{}。</source>
            <translation>Patches proposed: {}.</translation>
        </message>
        <message>
            <source>登记查处整改</source>
            <translation>Record enforcement</translation>
        </message>
        <message>
            <source>查处整改表</source>
            <translation>Table of enforcement</translation>
        </message>
        <message>
            <source>把违法图斑的查处整改情况成批记入工作库，逐行报告记录了什么、退回了什么和原因。只有判定为违法的图斑才能登记。
表格（.xlsx 或 .csv）的列，先后不限：图斑编号、措施、日期、单位（必填），面积（亩）、金额（元）、文号（按措施要求）、备注、操作（登记或撤销，不填为登记）。
措施：制止通知、立案、罚款、没收、拆除、复耕、复绿、补办、移送、断供、问责，以及复耕验收、复绿验收、整改验收。制止通知、立案等须写文号，罚款须写金额。
没收、拆除、复耕、复绿、补办的面积合计不得超过图斑面积；同一块地先拆除后复耕的，面积只写在复耕一行。
验收由方案写明的单位进行（方案写明几家的，几家都要登记），其余由查处单位或负总责的单位验收；面积不填即验收全部。
剩余未整改面积为0并且全部验收，才算“已整改”。同一张表再运行一次，不会重复记录。</source>
            <translation>Records enforcement and rectification of illegal patches from a table; the report says row by row what was recorded, what was refused and why. Only patches determined as 违法 (illegal) can be recorded.
Columns of the table (.xlsx or .csv), in any order: 图斑编号 (patch number), 措施 (measure), 日期 (day), 单位 (unit), all required; 面积（亩） (area in mu), 金额（元） (amount in yuan), 文号 (document), as the measure asks; 备注 (remark); 操作 (operation: 登记 record, 撤销 take back; empty for 登记).
Measures: 制止通知 (stop notice), 立案 (case opened), 罚款 (fine), 没收 (confiscation), 拆除 (demolition), 复耕 (farmland restored), 复绿 (green land restored), 补办 (permit obtained later), 移送 (transfer), 断供 (supplies cut), 问责 (accountability), and the acceptances 复耕验收, 复绿验收, 整改验收. Stop notices, cases and others need a document, a fine its amount.
The areas confiscated, demolished, restored and permitted later must not exceed the patch together; land demolished and then restored has its area in the row 复耕 only.
The units named in the plan accept (where it names several, all must be recorded), else the enforcement unit or the one in overall charge; area empty accepts all.
A patch is 已整改 (rectified) only when nothing is left and all is accepted. Running the same table again records nothing twice.</translation>
        </message>
        <message>
            <source>记录图斑事实</source>
            <translation>Record facts</translation>
        </message>
        <message>
            <source>图斑事实表</source>
            <translation>Table of facts</translation>
        </message>
        <message>
            <source>填写人</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>把查明的图斑种类、建设主体、用途和处理结果成批记入工作库，每次改动都留历史。分派时这里的先于下发属性。
表格（.xlsx 或 .csv，GBK、UTF-8 都可以）的列，先后不限，多余的列不读：
  图斑编号（必填）；图斑种类（土地、矿产）；建设主体；用途；
  处理结果（几项用顿号隔开，写“无”即清空）；依据；日期（不填为今天）。
用语以方案文件为准，如 农村村民、企业；住宅、厂房；没收、移送。
留空的不改动；写“未查明”的按未查明处理，下发属性写了什么也不用——未查明不等于“不是”。
记录后请再运行一次“分派职责”。
填写人：查明事实的人。</source>
            <translation>Records what was found out about patches: kind, builder, use and outcome; the history keeps every change. When duties are assigned, these go before the issued fields.
Columns of the table (.xlsx or .csv, GBK or UTF-8), in any order, others are not read:
  图斑编号 (patch number, required); 图斑种类 (kind: 土地 land, 矿产 mining); 建设主体 (builder); 用途 (use);
  处理结果 (outcome, several separated by 、, 无 to clear it); 依据 (reference); 日期 (day, empty for today).
The words are those of the plan file, such as 农村村民, 企业; 住宅, 厂房; 没收, 移送.
What is left empty stays; 未查明 counts as unknown, whatever the issued fields say, and unknown does not mean “no”.
Run “Assign duties” again afterwards.
Person: who found it out.</translation>
        </message>
        <message>
            <source>拆分图斑</source>
            <translation>Split a patch</translation>
        </message>
        <message>
            <source>用线或面把一个图斑切成几个子图斑（编号加 _1、_2……），分别套合、分派、判定。
用线切：线的两端要伸出图斑边界，每一块成为一个子图斑。用面切：每个面盖住的部分成为一个子图斑，剩下的成为最后一个；面不能相互重叠。
子图斑合起来与原图斑完全一致，否则不拆分。子图斑从“待核查”开始，拆分后请再运行套合分析和分派职责。
原图斑标为“被拆分”，保留自己的套合结果，不再办理；统计分“原始下发”和“核实后”两种口径，不会重复计算。
拆分日期不填为今天：截至更早日期的统计仍按原图斑计。子图斑沿用原图斑的收到日期、延期和市级审核天数。
输出：CHILDREN 子图斑个数；NUMBERS 子图斑编号。</source>
            <translation>Cuts a patch into parts by lines or polygons (numbers with _1, _2 …), each overlaid, assigned and determined on its own.
Lines must reach beyond the patch at both ends; every piece becomes a part. With polygons what each covers becomes a part, and the rest the last one; they must not overlap.
The parts together are exactly the patch, else nothing is split. They begin as 待核查 (to be checked); run overlay and assign duties again afterwards.
The patch itself becomes 被拆分 (split), keeps its overlay and is no longer worked on; statistics have two views, 原始下发 (as issued) and 核实后 (as verified), so nothing counts twice.
The day of the split, left empty, is today: statistics of earlier days count the patch itself. Parts keep its day of receipt, extensions and days with the city.
Outputs: CHILDREN number of parts; NUMBERS their numbers.</translation>
        </message>
        <message>
            <source>切割线或切割面图层</source>
            <translation>Layer of cutting lines or polygons</translation>
        </message>
        <message>
            <source>切割图层的坐标系</source>
            <translation>Coordinate system of that layer</translation>
        </message>
        <message>
            <source>拆分日期（年-月-日，不填为今天）</source>
            <translation>Split on (yyyy-mm-dd, empty for today)</translation>
        </message>
        <message>
            <source>子图斑个数</source>
            <translation>Number of parts</translation>
        </message>
        <message>
            <source>子图斑编号</source>
            <translation>Numbers of the parts</translation>
        </message>
        <message>
            <source>图斑 {} 拆分为：{}。</source>
            <translation>Patch {} was split into: {}.</translation>
        </message>
        <message>
            <source>撤销拆分</source>
            <translation>Undo a split</translation>
        </message>
        <message>
            <source>撤销一个图斑的拆分：子图斑连同套合结果和建议的职责一并移除，原图斑恢复办理；变更历史里都有记录。
图斑编号填原图斑的编号。任何一个子图斑上已有判定、确认的职责、整改记录或再次拆分的，不能撤销。</source>
            <translation>Undoes the split of a patch: its parts are removed with their overlay and proposed duties, and the patch is worked on again; the history keeps all of it.
Give the number of the original patch. It cannot be undone once a part has a determination, a confirmed duty, recorded rectification or a split of its own.</translation>
        </message>
        <message>
            <source>移除的子图斑个数</source>
            <translation>Parts removed</translation>
        </message>
        <message>
            <source>已撤销图斑 {} 的拆分，移除：{}。</source>
            <translation>Split of patch {} undone, removed: {}.</translation>
        </message>
        <message>
            <source>统计与违法占耕比例</source>
            <translation>Statistics and farmland ratio</translation>
        </message>
        <message>
            <source>统计截至某日的图斑，写成 Excel：六项比例及其分子分母、最低最高可能值、对比例影响最大的十个图斑；按乡镇、查处单位、类别、办理阶段、月份、季度的统计；分乡镇、分月和逐月末的比例；乡镇街道综合评估排序。
统计分“原始下发”和“核实后”两种口径，拆分图斑不重复计算；校核列是公式，各项相加不符时标红。
违法占用耕地面积比例＝违法占用耕地÷（合法新增建设用地占用耕地＋违法占用耕地），耕地为扣除田坎的净面积；其他用地不进分子分母；分母为0时记“—”。算法可在方案文件 ratio 一节的 formula 里改，标“非文件规定”。
截至日期不填为今天；填以前的日期，按那天为止的收到、拆分、判定、退回、存疑和整改统计，乡镇、查处单位和套合结果按现状。复核、审定不通过，撤回、撤销判定和存疑的图斑计为未判定。本工具不改动工作库。
输出：RATIO 比例（0到1的数；分母为0时没有这一项）；OUTPUT 工作簿。</source>
            <translation>Counts the patches up to a day and writes an Excel workbook: six ratios with their terms and bounds and the ten patches that move them most; figures by township, enforcement unit, category, stage, month and quarter; ratios by township, by month and at each month's end; the ranking of townships.
Two views, 原始下发 (as issued) and 核实后 (as verified), so split patches do not count twice; check columns are formulas that turn red when sums do not agree.
Share of farmland taken illegally = farmland taken illegally ÷ (farmland taken by legal new construction + farmland taken illegally), net of field ridges; other land counts in neither; with nothing to divide by it is —. The formula can be changed in the section ratio of the plan file and is marked 非文件规定.
As of, left empty, is today; for an earlier day receipts, splits, determinations, returns, doubts and rectification up to it count, while townships, enforcement units and overlay are as now. Patches whose review or approval failed, that were withdrawn or undone, or are doubtful count as not determined. The workspace is not changed.
Outputs: RATIO from 0 to 1 (absent with nothing to divide by); OUTPUT the workbook.</translation>
        </message>
        <message>
            <source>统计表</source>
            <translation>Workbook of statistics</translation>
        </message>
        <message>
            <source>违法占用耕地面积比例：{}。{}</source>
            <translation>Share of farmland taken illegally: {}. {}</translation>
        </message>
        <message>
            <source>记录的行数</source>
            <translation>Rows recorded</translation>
        </message>
        <message>
            <source>记录 {} 行，退回 {} 行。</source>
            <translation>{} rows recorded, {} refused.</translation>
        </message>
        <message>
            <source>核对变更历史</source>
            <translation>Verify the history</translation>
        </message>
        <message>
            <source>核对工作库有没有在插件之外被改动过：变更历史逐条首尾相连，每一条办理记录都与历史一致，保护历史的触发器完好。不改动任何内容。
输出：OK 是否通过；FIRST_BAD 第一处不符的位置（表/记录）；HEAD 链尾校验值；PROBLEMS 不符的处数。
链尾校验值应印在签字的表上，能证明什么、不能证明什么，见《历史与证明》。</source>
            <translation>Verifies that nothing but the plug-in changed the workspace: every entry of the history is chained to the one before, every record of casework agrees with the history, and the triggers that protect it are whole. Nothing is changed.
Outputs: OK whether it passed; FIRST_BAD the first place that differs (table/record); HEAD the last hash; PROBLEMS how many differ.
Print the last hash on the tables that are signed; what it proves and what not, see 《历史与证明》.</translation>
        </message>
        <message>
            <source>是否通过</source>
            <translation>Passed</translation>
        </message>
        <message>
            <source>第一处不符</source>
            <translation>First difference</translation>
        </message>
        <message>
            <source>链尾校验值</source>
            <translation>Last hash</translation>
        </message>
        <message>
            <source>不符的处数</source>
            <translation>Differences</translation>
        </message>
        <message>
            <source>试算方案或图层改动</source>
            <translation>Try a plan or layers</translation>
        </message>
        <message>
            <source>试算换一份方案文件、换几个图层版本之后，哪些图斑会换查处单位、换状态，各乡镇街道、各单位的图斑数和面积怎样变。
只读不写：工作库没有任何改动。要采用时，方案文件用“采用方案文件”，图层用“套合分析”，再“分派职责”。
方案文件、底图库、去掉的图层至少写一样。底图库里有的图层替换原来的，没有的图层仍按工作库里的套合结果。
去掉的图层：图层的名称或代码，多个用顿号隔开，如 河道管理范围、redline；去掉后按未评估处理。
人已作的决定在试算中不变，与新结果不一致的另列。
输出：CHANGED 会变的图斑数；UNIT_CHANGED 换查处单位的；STATE_CHANGED 换状态的；CONTRADICTED 决定与新结果不一致的；REPORT 报告。</source>
            <translation>Tries another plan file or other versions of layers: which patches would change their enforcement unit or state, and how patches and areas of townships and units would change.
Only read: nothing in the workspace changes. To make it so, use “Adopt plan file” for the plan, “Overlay” for layers, then “Assign duties”.
Give at least one of plan file, base library and layers to leave out. Layers of the base library replace the present ones; for the others the overlay of the workspace holds.
Layers to leave out: names or codes, several separated by 、, such as 河道管理范围、redline; they count as not evaluated.
What people decided stays in the trial; where it disagrees with the new result it is listed.
Outputs: CHANGED patches that would change; UNIT_CHANGED their enforcement unit; STATE_CHANGED their state; CONTRADICTED decisions that disagree; REPORT the report.</translation>
        </message>
        <message>
            <source>试算的方案文件</source>
            <translation>Plan file to try</translation>
        </message>
        <message>
            <source>含有替换图层的底图库</source>
            <translation>Base library with the layers to try</translation>
        </message>
        <message>
            <source>试算去掉的图层</source>
            <translation>Layers to leave out</translation>
        </message>
        <message>
            <source>试算报告</source>
            <translation>Report of the trial</translation>
        </message>
        <message>
            <source>会变的图斑数</source>
            <translation>Patches that would change</translation>
        </message>
        <message>
            <source>换查处单位的图斑数</source>
            <translation>Patches with another enforcement unit</translation>
        </message>
        <message>
            <source>换状态的图斑数</source>
            <translation>Patches with another state</translation>
        </message>
        <message>
            <source>决定与新结果不一致的图斑数</source>
            <translation>Patches whose decision disagrees</translation>
        </message>
    </context>
</TS>
