; The installer: for this user, or for everybody where an administrator runs it. Defines: VERSION, VERSION4, PROGRAMS (folder of
; the two programs), ICON, LICENSE, OUT, and SIGN (a command that signs the file it is given) where there is a certificate.
; Switches: /S silent, /CurrentUser or /AllUsers, /PATH (pcc on the PATH), /PRESET=FILE (a preset.toml, copied beside the
; programs; without it an upgrade keeps the one that is there), /D=FOLDER (last). Exit codes: 3 a program is running, 4 no preset.
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
!define MUI_ABORTWARNING
; Through the shell, so that the program does not inherit the rights of an administrator.
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
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
LangString InUse ${LANG_ENGLISH} "${PRODUCT} is running. Close its windows, then go on."
LangString InUse ${LANG_GERMAN} "${PRODUCT} läuft noch. Schließen Sie die Fenster, dann geht es weiter."
LangString PathNotChanged ${LANG_ENGLISH} "The PATH could not be changed."
LangString PathNotChanged ${LANG_GERMAN} "Der PATH konnte nicht geändert werden."
LangString NoPreset ${LANG_ENGLISH} "The preset could not be read: $Preset$\n$\nGive the full path of the file after /PRESET=."
LangString NoPreset ${LANG_GERMAN} "Die Vorgabe konnte nicht gelesen werden: $Preset$\n$\nGeben Sie nach /PRESET= den vollständigen Pfad der Datei an."
LangString KeepConnectors ${LANG_ENGLISH} "Keep this account's connectors?$\n$\nYes: connectors, drafts and credentials stay for a later installation.$\nNo: they are removed from this computer. The consents in Entra stay."
LangString KeepConnectors ${LANG_GERMAN} "Die Connectors dieses Kontos behalten?$\n$\nJa: Connectors, Entwürfe und Anmeldedaten bleiben für eine spätere Installation.$\nNein: Sie werden von diesem Computer entfernt. Die Zustimmungen in Entra bleiben."
LangString NotRemoved ${LANG_ENGLISH} "Some connectors could not be removed. They stay on this computer."
LangString NotRemoved ${LANG_GERMAN} "Einige Connectors konnten nicht entfernt werden. Sie bleiben auf diesem Computer."

!include "path.nsh"

; RELEASE waits until a program is closed: a running one can't be deleted. Silent, it ends with exit code 3.
!macro RELEASE UN
Function ${UN}Release
  ${Do}
    ClearErrors
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\pcc.exe"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 3
    Quit
  ${Loop}
FunctionEnd
!macroend
!insertmacro RELEASE ""
!insertmacro RELEASE "un."

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
  Call Release
  SetOutPath "$INSTDIR"
  Call CopyPreset
  File "${PROGRAMS}\${PROGRAM}"
  File "${PROGRAMS}\pcc.exe"
  File /oname=LICENSE.txt "${LICENSE}"
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

Function .onInit
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
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Section "Uninstall"
  StrCpy $2 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REMOVECONNECTORS" $1
  ${IfNot} ${Errors}
    StrCpy $2 1
  ${Else}
    MessageBox MB_YESNO|MB_ICONQUESTION "$(KeepConnectors)" /SD IDYES IDYES +2
    StrCpy $2 1
  ${EndIf}
  Call un.RemoveSchedule
  ${If} $2 = 1
    Call un.RemoveConnectors
  ${EndIf}
  Call un.Release
  Call un.RemoveFromPath
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\preset.toml"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  DeleteRegKey SHCTX "${NOTICES_KEY}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
SectionEnd

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
