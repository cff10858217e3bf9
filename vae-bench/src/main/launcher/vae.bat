@echo off
rem Starts the vae command line.
rem
rem   JAVA_HOME             the Java to use; without it, the java on the PATH
rem   VAE_JAVA_OPTS         more options for that Java, such as -Xmx8g; they win over the ones set here
rem   TF_CPP_MIN_LOG_LEVEL  how much TensorFlow says on its own; 2, errors only, unless set
setlocal

set "APP=%~dp0.."
set "JAVA="
set "VERSION="
set "FULL="

if defined JAVA_HOME goto home
for %%j in (java.exe) do set "JAVA=%%~$PATH:j"
if not defined JAVA (
  echo vae: needs Java 17 or newer: set JAVA_HOME or put java on the PATH>&2
  exit /b 1
)
goto version

:home
set "JAVA_HOME=%JAVA_HOME:"=%"
set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" (
  echo vae: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it>&2
  exit /b 1
)

:version
rem From the text file beside java where there is one, since asking java itself costs a start.
for %%j in ("%JAVA%") do set "RELEASE=%%~dpj..\release"
if exist "%RELEASE%" (
  for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%RELEASE%"') do call :feature %%v
) else (
  for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do call :feature %%v
)
rem A Java that will not say: let it try.
if not defined VERSION set "VERSION=17"
if %VERSION% lss 17 (
  echo vae: needs Java 17 or newer, and "%JAVA%" is Java %VERSION%>&2
  exit /b 1
)

rem The engines call native code and use Unsafe. Newer Javas warn of it unless told; older ones do not know the options.
set "PERMISSIONS="
if %VERSION% geq 21 set "PERMISSIONS=--enable-native-access=ALL-UNNAMED"
if %VERSION% geq 24 set "PERMISSIONS=%PERMISSIONS% --sun-misc-unsafe-memory-access=allow"

if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=2"

rem The engines use every core; a collector without threads of its own disturbs them least.
set "COLLECTOR=-XX:+UseSerialGC"
if defined VAE_JAVA_OPTS echo %VAE_JAVA_OPTS% | findstr /c:"GC" >nul && set "COLLECTOR="

rem Classes as this Java holds them in memory, laid down by the build, which saves a quarter of the start. What does not
rem fit them, such as a copy of this folder, goes without, and need not say so; Java would say it amid the results.
set "ARCHIVE=-Xshare:auto"
if exist "%APP%\lib\start-%FULL%.jsa" set "ARCHIVE=-XX:SharedArchiveFile=%APP%\lib\start-%FULL%.jsa"
rem The first jar names the others in an order that does not depend on the file system's, which the archive needs.
for %%j in ("%APP%\lib\vae-bench-*.jar") do set "FIRST=%%~fj"

"%JAVA%" -Xmx4g %COLLECTOR% -Xlog:disable -Xlog:all=error:stderr "%ARCHIVE%" %PERMISSIONS% %VAE_JAVA_OPTS% -cp "%FIRST%;%APP%\lib\*" io.github.jvae.bench.VaeCommand %*
exit /b %ERRORLEVEL%

rem The first number of a quoted version, or the second where the first is 1, as in 1.8.
:feature
set "FULL=%~1"
for /f "tokens=1,2 delims=.-+_" %%a in ("%~1") do if "%%a"=="1" (set "VERSION=%%b") else set "VERSION=%%a"
goto :eof
