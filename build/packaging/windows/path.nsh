; Adds $INSTDIR to the PATH and takes it out again. NSIS strings end at 1024 characters and a PATH may be longer, so the
; value stays in a buffer of its own and is never seen as a string of NSIS.
!define PATH_BYTES 65536
!define PATH_LIMIT 60000
!define KEY_READ_WRITE 0x2001F
!define ERROR_FILE_NOT_FOUND 2
!define REG_EXPAND_SZ 2

; $R0 key, $R1 buffer ";PATH;", $R2 its part without the first ";", $R3 type. $R9 is 0 when the PATH can be changed.
!macro PATH_FUNCTIONS UN
Function ${UN}OpenPath
  StrCpy $R9 1
  ${If} $MultiUser.InstallMode == "AllUsers"
    System::Call 'advapi32::RegOpenKeyExW(p -2147483646, w "SYSTEM\CurrentControlSet\Control\Session Manager\Environment", i 0, i ${KEY_READ_WRITE}, *p .R0) i .R8'
  ${Else}
    System::Call 'advapi32::RegOpenKeyExW(p -2147483647, w "Environment", i 0, i ${KEY_READ_WRITE}, *p .R0) i .R8'
  ${EndIf}
  ${If} $R8 <> 0
    Return
  ${EndIf}
  System::Alloc ${PATH_BYTES}
  Pop $R1
  System::Call 'kernel32::lstrcpyW(p R1, w ";")'
  IntPtrOp $R2 $R1 + 2
  System::Call 'advapi32::RegQueryValueExW(p R0, w "Path", p 0, *i .R3, p R2, *i ${PATH_LIMIT} .R4) i .R8'
  ${If} $R8 = ${ERROR_FILE_NOT_FOUND}
    StrCpy $R3 ${REG_EXPAND_SZ}
  ${ElseIf} $R8 <> 0
    Call ${UN}ClosePath
    Return
  ${Else}
    System::Call 'kernel32::lstrcatW(p R1, w ";")'
  ${EndIf}
  StrCpy $R9 0
FunctionEnd

Function ${UN}WritePath
  System::Call 'kernel32::lstrlenW(p R2) i .R4'
  ${If} $R4 < 2
    System::Call 'advapi32::RegDeleteValueW(p R0, w "Path")'
  ${Else}
    IntOp $R5 $R4 - 1
    IntOp $R5 $R5 * 2
    IntPtrOp $R6 $R2 + $R5
    System::Call '*$R6(&i2 0)'
    IntOp $R5 $R5 + 2
    System::Call 'advapi32::RegSetValueExW(p R0, w "Path", i 0, i R3, p R2, i R5)'
  ${EndIf}
  Call ${UN}ClosePath
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
FunctionEnd

Function ${UN}ClosePath
  System::Call 'advapi32::RegCloseKey(p R0)'
  System::Free $R1
FunctionEnd
!macroend

!insertmacro PATH_FUNCTIONS ""
!insertmacro PATH_FUNCTIONS "un."

Function AddToPath
  Call OpenPath
  ${If} $R9 <> 0
    DetailPrint "$(PathNotChanged)"
    Return
  ${EndIf}
  System::Call 'shlwapi::StrStrIW(p R1, w ";$INSTDIR;") p .R7'
  ${If} $R7 P<> 0
    Call ClosePath
    Return
  ${EndIf}
  System::Call 'kernel32::lstrcatW(p R1, w "$INSTDIR;")'
  Call WritePath
FunctionEnd

Function un.RemoveFromPath
  Call un.OpenPath
  ${If} $R9 <> 0
    Return
  ${EndIf}
  System::Call 'shlwapi::StrStrIW(p R1, w ";$INSTDIR;") p .R7'
  ${If} $R7 P= 0
    Call un.ClosePath
    Return
  ${EndIf}
  StrLen $R5 ";$INSTDIR"
  IntOp $R5 $R5 * 2
  IntPtrOp $R6 $R7 + $R5
  System::Call 'kernel32::lstrlenW(p R6) i .R4'
  IntOp $R4 $R4 + 1
  IntOp $R4 $R4 * 2
  System::Call 'ntdll::RtlMoveMemory(p R7, p R6, p R4)'
  Call un.WritePath
FunctionEnd
