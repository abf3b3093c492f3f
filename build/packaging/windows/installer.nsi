; The installer: for this user, or for everybody where an administrator runs it. Defines: VERSION, VERSION4, PROGRAMS (folder of
; the two programs), ICON, SIDE (the picture beside the first and the last page), LICENSE, NOTICES, OUT, and SIGN (a command that signs the
; file it is given) where there is a certificate. The pages are in the language of Windows, English where that is not German.
; Switches: /S silent, /CurrentUser or /AllUsers, /PATH (pcc on the PATH), /PRESET=FILE (a preset.toml, copied beside the
; programs; without it an upgrade keeps the one that is there), /D=FOLDER (last). Exit codes: 3 a program is running, 4 no preset,
; 5 (silent only) no right to install for everybody.
; Uninstaller: /S silent, /REMOVECONNECTORS (silently: connectors are removed too; else they are kept).
Unicode true
Target amd64-unicode
SetDateSave off
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestDPIAwareness "PerMonitorV2,System"
ManifestSupportedOS Win10

!define PRODUCT "Partner Center Connector"
!define PUBLISHER "Partner Center Connector contributors"
!define WEBSITE "https://github.com/partnercenterconnector/partner-center-connector"
!define PROGRAM "partner-center-connector.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\io.github.partnercenterconnector"

; What Windows calls the sender of a notification by this ID, which connector/notice shows them with.
!define NOTICES_KEY "Software\Classes\AppUserModelId\io.github.partnercenterconnector"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${PRODUCT}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "DisplayVersion"
!define MULTIUSER_INIT_TEXT_ALLUSERSNOTPOSSIBLE "$(NotForEverybody)"
!include "MultiUser.nsh"
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

Name "${PRODUCT}"
OutFile "${OUT}"
BrandingText "${PRODUCT} ${VERSION}"
VIProductVersion "${VERSION4}"
VIFileVersion "${VERSION4}"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT} Setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION4}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Copyright (c) 2026 ${PUBLISHER}"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_CANCEL_DEFAULT
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!define MUI_COMPONENTSPAGE_SMALLDESC
; Through the shell, so that the program does not inherit the rights of an administrator.
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(StartIt)"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

Var Preset

LangString SectionPrograms ${LANG_ENGLISH} "Programs and start menu entry"
LangString SectionPrograms ${LANG_GERMAN} "Programme und Startmenüeintrag"
LangString SectionPath ${LANG_ENGLISH} "pcc on the PATH, for terminals and scripts"
LangString SectionPath ${LANG_GERMAN} "pcc im PATH, für Terminals und Skripte"
LangString AboutPrograms ${LANG_ENGLISH} "The window, and pcc for terminals. Both are required."
LangString AboutPrograms ${LANG_GERMAN} "Das Fenster, und pcc für Terminals. Beide werden gebraucht."
LangString AboutPath ${LANG_ENGLISH} "Adds the folder to the PATH. Terminals opened afterwards find pcc by its name."
LangString AboutPath ${LANG_GERMAN} "Trägt den Ordner in den PATH ein. Danach geöffnete Terminals finden pcc unter seinem Namen."
LangString Welcome ${LANG_ENGLISH} "A program that uses the Microsoft Partner Center API needs two consents. ${PRODUCT} leads through both, and checks the connection.$\r$\n$\r$\nSetup installs the window, and pcc, the same for terminals. Connectors of an earlier version stay.$\r$\n$\r$\nClick Next to continue."
LangString Welcome ${LANG_GERMAN} "Ein Programm, das die Partner-Center-API von Microsoft nutzt, braucht zwei Zustimmungen. ${PRODUCT} führt durch beide und prüft die Verbindung.$\r$\n$\r$\nInstalliert werden das Fenster und pcc, dasselbe für Terminals. Connectors einer früheren Version bleiben.$\r$\n$\r$\nKlicken Sie auf Weiter, um fortzufahren."
LangString StartIt ${LANG_ENGLISH} "&Start ${PRODUCT}"
LangString StartIt ${LANG_GERMAN} "${PRODUCT} &starten"
LangString NotForEverybody ${LANG_ENGLISH} "Only an administrator can install ${PRODUCT} for everybody.$\n$\nRun setup as administrator, or without /AllUsers for this account."
LangString NotForEverybody ${LANG_GERMAN} "Nur ein Administrator kann ${PRODUCT} für alle installieren.$\n$\nFühren Sie das Setup als Administrator aus, oder ohne /AllUsers für dieses Konto."
LangString InUse ${LANG_ENGLISH} "${PRODUCT} is running.$\n$\nClose its windows, then choose Retry. Cancel leaves everything as it is."
LangString InUse ${LANG_GERMAN} "${PRODUCT} läuft noch.$\n$\nSchließen Sie die Fenster, und wählen Sie dann Wiederholen. Abbrechen lässt alles, wie es ist."
LangString PathNotChanged ${LANG_ENGLISH} "The PATH could not be changed."
LangString PathNotChanged ${LANG_GERMAN} "Der PATH konnte nicht geändert werden."
LangString NoPreset ${LANG_ENGLISH} "The preset could not be read: $Preset$\n$\nGive the full path of the file after /PRESET=."
LangString NoPreset ${LANG_GERMAN} "Die Vorgabe konnte nicht gelesen werden: $Preset$\n$\nGeben Sie nach /PRESET= den vollständigen Pfad der Datei an."
LangString KeepConnectors ${LANG_ENGLISH} "Keep this account's connectors?$\n$\nYes: connectors, drafts and credentials stay for a later installation.$\nNo: they are removed from this computer. The consents in Entra stay."
LangString KeepConnectors ${LANG_GERMAN} "Die Connectors dieses Kontos behalten?$\n$\nJa: Connectors, Entwürfe und Anmeldedaten bleiben für eine spätere Installation.$\nNein: Sie werden von diesem Computer entfernt. Die Zustimmungen in Entra bleiben."
LangString NotRemoved ${LANG_ENGLISH} "Some connectors could not be removed. They stay on this computer."
LangString NotRemoved ${LANG_GERMAN} "Einige Connectors konnten nicht entfernt werden. Sie bleiben auf diesem Computer."

!include "path.nsh"

; WaitUntilClosed waits until no program runs: a running one can't be replaced. Silent, it ends with exit code 3. Nothing has been changed by then.
!macro PRECAUTIONS UN
Function ${UN}WaitUntilClosed
  ${Do}
    ClearErrors
    Push "$INSTDIR\${PROGRAM}"
    Call ${UN}OpenToWrite
    Push "$INSTDIR\pcc.exe"
    Call ${UN}OpenToWrite
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 3
    Quit
  ${Loop}
FunctionEnd

; OpenToWrite FILE sets the error flag where the file is there and can't be written, which is so while it runs.
Function ${UN}OpenToWrite
  Exch $8
  ${If} ${FileExists} "$8"
    FileOpen $9 "$8" a
    FileClose $9
  ${EndIf}
  Pop $8
FunctionEnd

; RefuseSilently ends a silent run that is to be for everybody without the right to: MULTIUSER_INIT would wait for a click.
Function ${UN}RefuseSilently
  ${IfNot} ${Silent}
    Return
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
  ${OrIf} $0 == "Power"
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AllUsers" $1
  ${IfNot} ${Errors}
    SetErrorLevel 5
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro PRECAUTIONS ""
!insertmacro PRECAUTIONS "un."

Function CopyPreset
  ${If} $Preset == ""
    Return
  ${EndIf}
  System::Call 'kernel32::CopyFileW(w "$Preset", w "$INSTDIR\preset.toml", i 0) i .r0'
  ${If} $0 = 0
    Call RefusePreset
  ${EndIf}
FunctionEnd

Function RefusePreset
  MessageBox MB_OK|MB_ICONSTOP "$(NoPreset)" /SD IDOK
  SetErrorLevel 4
  Quit
FunctionEnd

Section "$(SectionPrograms)" SEC_PROGRAMS
  SectionIn RO
  Call WaitUntilClosed
  SetOutPath "$INSTDIR"
  Call CopyPreset
  File "${PROGRAMS}\${PROGRAM}"
  File "${PROGRAMS}\pcc.exe"
  File /oname=LICENSE.txt "${LICENSE}"
  File /oname=NOTICES.txt "${NOTICES}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${NOTICES_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "URLInfoAbout" "${WEBSITE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

Section /o "$(SectionPath)" SEC_PATH
  Call AddToPath
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "OnPath" 1
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_PROGRAMS} "$(AboutPrograms)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_PATH} "$(AboutPath)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  Call RefuseSilently
  !insertmacro MULTIUSER_INIT
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PATH" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SEC_PATH}
  ${EndIf}
  Call FindPreset
  ; An upgrade stays where the PATH points.
  ReadRegDWORD $1 SHCTX "${UNINSTALL_KEY}" "OnPath"
  ${If} $1 = 1
    !insertmacro SelectSection ${SEC_PATH}
  ${EndIf}
FunctionEnd

; FindPreset ends the installer when the file of /PRESET= is not there: partners would be left without their vendor's values.
; Windows takes the command line apart, since a path with spaces may be in quotes as a whole or with its switch.
Function FindPreset
  StrCpy $1 ""
  System::Call 'kernel32::GetCommandLineW() p .r0'
  System::Call 'shell32::CommandLineToArgvW(p r0, *i .r2) p .r0'
  IntOp $2 $2 - 1
  ${ForEach} $3 1 $2 + 1
    IntOp $4 $3 * ${NSIS_PTR_SIZE}
    IntPtrOp $4 $0 + $4
    System::Call '*$4(w .r5)'
    StrCpy $6 $5 8
    ${If} $6 == "/PRESET="
      StrCpy $1 $5 "" 8
    ${EndIf}
  ${Next}
  System::Call 'kernel32::LocalFree(p r0)'
  ${If} $1 == ""
    Return
  ${EndIf}
  GetFullPathName $Preset "$1"
  ClearErrors
  FileOpen $2 $Preset r
  ${If} ${Errors}
    StrCpy $Preset "$1"
    Call RefusePreset
  ${EndIf}
  FileClose $2
FunctionEnd

Function un.onInit
  Call un.RefuseSilently
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  Call un.AskForConnectors
  Call un.RemoveSchedule
  ${If} $2 = 1
    Call un.RemoveConnectors
  ${EndIf}
  Call un.RemoveFromPath
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\pcc.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\NOTICES.txt"
  Delete "$INSTDIR\preset.toml"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  DeleteRegKey SHCTX "${NOTICES_KEY}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
SectionEnd

; AskForConnectors puts 1 into $2 where this account's connectors are to be removed. Where there are none, nobody is asked.
Function un.AskForConnectors
  StrCpy $2 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REMOVECONNECTORS" $1
  ${IfNot} ${Errors}
    StrCpy $2 1
    Return
  ${EndIf}
  SetShellVarContext current
  ${If} ${FileExists} "$LOCALAPPDATA\partner-center-connector\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION "$(KeepConnectors)" /SD IDYES IDYES +2
    StrCpy $2 1
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
FunctionEnd

; A daily check would go on calling a program that is gone. Others' tasks are not to be had.
Function un.RemoveSchedule
  SetShellVarContext current
  ${If} ${FileExists} "$LOCALAPPDATA\partner-center-connector\*.*"
    nsExec::ExecToLog '"$INSTDIR\pcc.exe" schedule remove --yes'
    Pop $0
  ${EndIf}
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
FunctionEnd

; Those of this account: others' keychains are not to be had.
Function un.RemoveConnectors
  nsExec::ExecToLog '"$INSTDIR\pcc.exe" remove --all --yes'
  Pop $0
  ${If} $0 != "0"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotRemoved)" /SD IDOK
    Return
  ${EndIf}
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\partner-center-connector"
  ${If} $MultiUser.InstallMode == "AllUsers"
    SetShellVarContext all
  ${EndIf}
FunctionEnd
