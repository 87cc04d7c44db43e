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
</context>
<context>
    <name>Commands</name>
    <message>
        <source>卫片执法</source>
        <translation>Patch enforcement</translation>
    </message>
</context>
<context>
    <name>WeipianPlugin</name>
    <message>
        <source>卫片执法</source>
        <translation>Patch enforcement</translation>
    </message>
    <message>
        <source>查看办法</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>新建工作库</source>
        <translation>New workspace</translation>
    </message>
    <message>
        <source>为一个年度新建工作库，选定实施方案</source>
        <translation>Make the workspace of one year under an enforcement plan</translation>
    </message>
    <message>
        <source>导入底图</source>
        <translation>Import base layer</translation>
    </message>
    <message>
        <source>把一个底图图层导入底图库</source>
        <translation>Import one base layer into the base library</translation>
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
        <source>图斑与底图库各图层套合，计算面积</source>
        <translation>Lay the patches over the base library and compute areas</translation>
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
        <source>导出台账</source>
        <translation>Export ledger</translation>
    </message>
    <message>
        <source>导出上报用的Excel台账</source>
        <translation>Export the Excel ledger for reporting</translation>
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
</context>
</TS>
