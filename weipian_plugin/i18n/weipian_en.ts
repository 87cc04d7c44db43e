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
            <translation>Take back the last batch…</translation>
        </message>
        <message>
            <source>为列出的图斑写出会商材料（可打印的网页），每个图斑一张，有全部依据和签字栏</source>
            <translation>Write consultation papers for the listed patches (a page to print): one sheet a patch, with all grounds and room for signatures</translation>
        </message>
        <message>
            <source>会商材料…</source>
            <translation>Consultation papers…</translation>
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
            <translation>Why (required where units disagree)</translation>
        </message>
        <message>
            <source>依据(&amp;E)</source>
            <translation>R&amp;eference</translation>
        </message>
        <message>
            <source>文号或会议纪要，如：会议纪要〔2021〕3号</source>
            <translation>Document or minutes, e.g. 会议纪要〔2021〕3号</translation>
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
            <source>统计日期(&amp;D)</source>
            <translation>As of (&amp;D)</translation>
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
            <source>下发与函件</source>
            <translation>Task lists and letters</translation>
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
        <message>
            <source>函件</source>
            <translation>Letters</translation>
        </message>
        <message>
            <source>按当天的办理情况写督办函、通报、约谈提请和年度工作总结，写好后可以再改。</source>
            <translation>Writes supervision letter, circular, request for an interview and annual report from today's casework; you can edit them afterwards.</translation>
        </message>
        <message>
            <source>写函件…</source>
            <translation>Write a letter…</translation>
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
            <source>上报与导回</source>
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
            <source>通知文号(&amp;S)</source>
            <translation>Document number (&amp;S)</translation>
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
            <source>底图库(&amp;K)</source>
            <translation>Base library (&amp;K)</translation>
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
            <translation>Update known patches (issued again)</translation>
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
        <name>NewWorkspaceDialog</name>
        <message>
            <source>新建工作库</source>
            <translation>New workspace</translation>
        </message>
        <message>
            <source>工作库是一个文件，存放一个年度的全部图斑、职责、判定和办理历史；备份、拷贝给同事，拷这一个文件就够了。</source>
            <translation>The workspace is one file with all patches, duties, determinations and the history of a year; to back it up or hand it on, copy this file.</translation>
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
            <translation>Take</translation>
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
            <translation>{listed} listed of {total}</translation>
        </message>
        <message>
            <source>读取图斑{number}</source>
            <translation>Read patch {number}</translation>
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
            <translation>The patch shown</translation>
        </message>
        <message>
            <source>选中的{count}个图斑</source>
            <translation>The {count} selected</translation>
        </message>
        <message>
            <source>列出的{count}个图斑</source>
            <translation>The {count} listed</translation>
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
            <source>{mu:.2f}亩</source>
            <translation>{mu:.2f} mu</translation>
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
            <translation>nothing to divide by, no ratio yet</translation>
        </message>
        <message>
            <source>已达到{limit}</source>
            <translation>at or above {limit}</translation>
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
            <source>{town}：第{place}名，得分{score:.2f}，图斑{patches}个</source>
            <translation>{town}: place {place}, score {score:.2f}, patches {patches}</translation>
        </message>
        <message>
            <source>（乡镇不明）</source>
            <translation>(township unknown)</translation>
        </message>
        <message>
            <source>违法占耕比例（月末）</source>
            <translation>Illegal share (month end)</translation>
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
            <source>{month}：下发{issued}个，核实后{verified}个（{judged}）</source>
            <translation>{month}: {issued} issued, {verified} as verified ({judged})</translation>
        </message>
        <message>
            <source>；截至月末违法占耕比例{shown}</source>
            <translation>; share of farmland taken illegally at the end of the month {shown}</translation>
        </message>
        <message>
            <source>（核实后有{count}个图斑的耕地未查清，没有计入）</source>
            <translation> (farmland of {count} patches as verified is unknown and not counted)</translation>
        </message>
        <message>
            <source>{count}个图斑，{area:.2f}亩，其中耕地{farmland:.2f}亩、永久基本农田{basic:.2f}亩</source>
            <translation>{count} patches, {area:.2f} mu, of it farmland {farmland:.2f} mu and basic farmland {basic:.2f} mu</translation>
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
            <source>权重：{origin}；算法见提示</source>
            <translation>Weights: {origin}; see the tooltip</translation>
        </message>
        <message>
            <source>{view}：{totals}</source>
            <translation>{view}: {totals}</translation>
        </message>
        <message>
            <source>{year}年土地矿产卫片执法统计看板（截至{day}）</source>
            <translation>Patch enforcement {year}, as of {day}</translation>
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
            <source>采用</source>
            <translation>Accept</translation>
        </message>
        <message>
            <source>情况</source>
            <translation>State</translation>
        </message>
        <message>
            <source>列</source>
            <translation>Column</translation>
        </message>
        <message>
            <source>导出时</source>
            <translation>As exported</translation>
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
            <source>位置</source>
            <translation>Place</translation>
        </message>
        <message>
            <source>任务清单_{day:%Y%m%d}</source>
            <translation>任务清单_{day:%Y%m%d}</translation>
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
            <source>下发与函件</source>
            <translation>Task lists and letters</translation>
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
            <translation>{count} of them must be corrected and are marked in the workbook; see the page “Self-check”.</translation>
        </message>
        <message>
            <source>导出上报工作簿</source>
            <translation>Export workbook for the city</translation>
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
            <source>正在读取……</source>
            <translation>Reading…</translation>
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
            <source>{sender}：{rows}行对上图斑，{lost}行对不上；可采用{changed}处，冲突或不能采用{conflicts}处，审核通过{passed}个。</source>
            <translation>{sender}: {rows} rows matched, {lost} not; {changed} can be accepted, {conflicts} conflict or cannot be accepted, {passed} passed.</translation>
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
            <source>{name}“{text}”</source>
            <translation>{name} “{text}”</translation>
        </message>
        <message>
            <source>退回原因</source>
            <translation>Reason for return</translation>
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
            <source>读取 {read} 个，可以导入 {taken} 个，不能导入 {dropped} 个；{found}。</source>
            <translation>{read} read, {taken} can be imported, {dropped} cannot; {found}.</translation>
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
            <source>卷帘对比需要前、后两个时相的影像，请先为批次选择影像。</source>
            <translation>To compare by swipe, choose the imagery before and after for the batch first.</translation>
        </message>
        <message>
            <source>有 {count} 幅影像找不到或打不开（{listed}），请在“批次影像”里重新选择。</source>
            <translation>{count} images are missing or cannot be opened ({listed}); choose them again under “Imagery of batches”.</translation>
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
            <source>这里只供查看。判定、职责、期限等办理内容请在“核查办理”窗口修改，改动会记入历史。</source>
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
            <source>详情</source>
            <translation>Details</translation>
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
            <source>程序内部出错，没有改动。</source>
            <translation>Internal error; nothing was changed.</translation>
        </message>
        <message>
            <source>取消</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>日期：今天</source>
            <translation>Date: today</translation>
        </message>
        <message>
            <source>图斑{stage}，要改判定须先退回。</source>
            <translation>The patch is {stage}; it must be sent back before its determination can change.</translation>
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
            <source>边角</source>
            <translation>Sliver</translation>
        </message>
        <message>
            <source>等</source>
            <translation>etc.</translation>
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
            <translation>Take the proposal into the form; it counts once saved</translation>
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
            <source>“{text}”不是日期，请写成 2021-10-01 的样子。</source>
            <translation>“{text}” is no date; write it like 2021-10-01.</translation>
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
            <source>请先检查写法，检查通过后可用</source>
            <translation>Check the file first; available once it passes</translation>
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
            <source>经办人</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>请填写您的姓名，每一步操作都会记入办理历史：</source>
            <translation>Your name, which goes into the history of every step:</translation>
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
    </context>
</TS>
