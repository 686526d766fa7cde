; The installer for Windows, made with Inno Setup 6 from the folder that portable.py builds there:
;
;   python packaging\portable.py
;   iscc /DVersion=0.1.0 /DFolder=..\..\dist\stakeout-0.1.0-win32-amd64 packaging\windows\stakeout.iss
;
; Never built here. It installs for one user without an administrator, or for all; removing it leaves portfolios alone.

#ifndef Version
  #error Say which version: /DVersion=…
#endif
#ifndef Folder
  #error Say where the portable folder is: /DFolder=…
#endif

[Setup]
AppId={{5A6E1C5B-5C0C-4F0E-9C43-53746B650001}
AppName=Stakeout
AppVersion={#Version}
AppPublisher=The authors of Stakeout
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Stakeout
DefaultGroupName=Stakeout
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Folder}\_internal\desktop_app\resources\licences\LICENSE.txt
UninstallDisplayIcon={app}\stakeout.exe
OutputBaseFilename=stakeout-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
TimeStampsInUTC=yes

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Stakeout"; Filename: "{app}\stakeout.exe"
Name: "{autodesktop}\Stakeout"; Filename: "{app}\stakeout.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.stakeout"; ValueType: string; ValueData: "Stakeout.Portfolio"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Stakeout.Portfolio"; ValueType: string; ValueData: "Stakeout portfolio"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Stakeout.Portfolio\DefaultIcon"; ValueType: string; ValueData: "{app}\stakeout.exe,0"
Root: HKA; Subkey: "Software\Classes\Stakeout.Portfolio\shell\open\command"; ValueType: string; ValueData: """{app}\stakeout.exe"" ""%1"""

[Run]
Filename: "{app}\stakeout.exe"; Description: "{cm:LaunchProgram,Stakeout}"; Flags: nowait postinstall skipifsilent
