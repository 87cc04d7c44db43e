@echo off
chcp 65001 >nul
setlocal EnableExtensions DisableDelayedExpansion

rem ======== 每月只改这一段：等号后面不要加引号，路径里不要有 % 和 ! ========
set "FOLDER=D:\卫片执法"
set "YEAR=2021"
set "RECEIVED=2021-07-20"
set "BATCH=2021年7月"
set "PATCHES=%FOLDER%\下发图斑\2021年7月图斑.shp"
rem ======== 下面不用改 ========

set "WORKSPACE=%FOLDER%\工作库%YEAR%.gpkg"
set "LIBRARY=%FOLDER%\底图库.gpkg"
set "OUT=%FOLDER%\%BATCH%"

rem 找 qgis_process：先看有没有事先指定，再看官方安装包和 OSGeo4W 的位置，长期支持版优先。
if defined QGIS_PROCESS goto found
for /d %%D in ("%ProgramFiles%\QGIS 3.*" "%SystemDrive%\OSGeo4W" "%LOCALAPPDATA%\Programs\OSGeo4W") do (
    if exist "%%~D\bin\qgis_process-qgis.bat" set "QGIS_PROCESS=%%~D\bin\qgis_process-qgis.bat"
    if exist "%%~D\bin\qgis_process-qgis-ltr.bat" set "QGIS_PROCESS=%%~D\bin\qgis_process-qgis-ltr.bat"
)
if not defined QGIS_PROCESS goto no_qgis

:found
if not exist "%LIBRARY%" goto no_library
if not exist "%PATCHES%" goto no_patches
if not exist "%OUT%" mkdir "%OUT%"
if not exist "%OUT%" goto failed

if exist "%WORKSPACE%" goto month
echo 【1/5】新建 %YEAR% 年度的工作库
call "%QGIS_PROCESS%" run weipian:createworkspace -- "WORKSPACE=%WORKSPACE%" "YEAR=%YEAR%"
if not "%ERRORLEVEL%"=="0" goto failed

:month
echo 【2/5】导入图斑、套合分析、分派职责、导出工作簿
call "%QGIS_PROCESS%" run weipian:month -- "WORKSPACE=%WORKSPACE%" "LIBRARY=%LIBRARY%" "INPUT=%PATCHES%" "RECEIVED=%RECEIVED%" "BATCH=%BATCH%" "OUTPUT=%OUT%\上报工作簿.xlsx"
if not "%ERRORLEVEL%"=="0" goto failed

echo 【3/5】会商材料
call "%QGIS_PROCESS%" run weipian:dutysheets -- "WORKSPACE=%WORKSPACE%" "OUTPUT=%OUT%\会商材料.html"
if not "%ERRORLEVEL%"=="0" goto failed

echo 【4/5】期限预警表
call "%QGIS_PROCESS%" run weipian:deadlines -- "WORKSPACE=%WORKSPACE%" "OUTPUT=%OUT%\期限预警表.xlsx"
if not "%ERRORLEVEL%"=="0" goto failed

echo 【5/5】上报前自查
call "%QGIS_PROCESS%" run weipian:precheck -- "WORKSPACE=%WORKSPACE%" "REPORT=%OUT%\上报自查.html"
if not "%ERRORLEVEL%"=="0" goto failed

echo.
echo 办完了，文件在“%OUT%”。以上为线索和建议，判定由经办人作出。
if not "%~1"=="/q" pause
exit /b 0

:no_qgis
echo 没有找到 QGIS 的 qgis_process，请安装 QGIS 3.40 或更高版本的官方安装包。
goto failed

:no_library
echo 没有找到底图库“%LIBRARY%”，请先在 QGIS 里导入底图，或改正上面的 FOLDER。
goto failed

:no_patches
echo 没有找到图斑文件“%PATCHES%”，请改正上面的 PATCHES。
goto failed

:failed
echo.
echo 没有办成，原因见上。已经完成的步骤都保留着；改正以后，图斑还没有导入的再运行一次，已经导入的请在 QGIS 里接着办。
if not "%~1"=="/q" pause
exit /b 1
