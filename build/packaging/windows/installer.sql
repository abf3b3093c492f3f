-- What wixl has no words for, put into the MSI's database afterwards: one statement a line.

-- Without its version in the database Windows takes an installed program for the newer one, and an upgrade leaves none.
UPDATE `File` SET `Version` = '@VERSION@.@BUILD@', `Language` = '1033' WHERE `File` = 'WindowExe'
UPDATE `File` SET `Version` = '@VERSION@.@BUILD@', `Language` = '1033' WHERE `File` = 'PccExe'
DELETE FROM `MsiFileHash` WHERE `File_` = 'WindowExe'
DELETE FROM `MsiFileHash` WHERE `File_` = 'PccExe'

-- A later build of the same version takes the earlier one's place, too: 512, to wixl's 1, includes this version.
DELETE FROM `Upgrade` WHERE `ActionProperty` = 'WIX_UPGRADE_DETECTED'
INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMax`, `Attributes`, `ActionProperty`) VALUES ('{0C1B7C5E-5D0D-4C55-9D9B-6F6E0F3A7B21}', '@VERSION@', 513, 'WIX_UPGRADE_DETECTED')

UPDATE `Property` SET `Value` = 'ADDTOPATH;PRESET;WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED' WHERE `Property` = 'SecureCustomProperties'

-- pcc on the PATH.
CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, `Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)
INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) VALUES ('SearchPath', '=-*PATH', '[~];[INSTALLDIR]', 'SearchPath')
UPDATE `Component` SET `Condition` = 'ADDTOPATH = 1 OR (WASONPATH = 1 AND ADDTOPATH <> 0)' WHERE `Component` = 'SearchPath'
INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3305)
INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5205)

-- The preset: a file that is not there ends the installation. Types 51 and 50: to set a property, to run what a property names.
INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('FindShell', 51, 'SHELL', '[%ComSpec]')
INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('FindPreset', 50, 'SHELL', '/d /c if not exist "[PRESET]" exit 1')
INSERT INTO `Error` (`Error`, `Message`) VALUES (1722, 'The preset could not be found. Give the full path of the file, for example PRESET=C:\folder\preset.toml. {{[4]}}')
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('FindShell', 'PRESET', 110)
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('FindPreset', 'PRESET', 120)

-- It is copied beside the programs,
CREATE TABLE `MoveFile` (`FileKey` CHAR(72) NOT NULL, `Component_` CHAR(72) NOT NULL, `SourceName` CHAR(255) LOCALIZABLE, `DestName` CHAR(255) LOCALIZABLE, `SourceFolder` CHAR(72), `DestFolder` CHAR(72) NOT NULL, `Options` SHORT NOT NULL PRIMARY KEY `FileKey`)
INSERT INTO `MoveFile` (`FileKey`, `Component_`, `DestName`, `SourceFolder`, `DestFolder`, `Options`) VALUES ('Preset', 'Window', 'preset.toml', 'PRESET', 'INSTALLDIR', 0)
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('MoveFiles', 'PRESET', 3800)

-- and goes with the product, but not when another version takes its place: without PRESETFOLDER nothing is removed.
INSERT INTO `RemoveFile` (`FileKey`, `Component_`, `FileName`, `DirProperty`, `InstallMode`) VALUES ('RemovePreset', 'Window', 'preset.toml', 'PRESETFOLDER', 2)
INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) VALUES ('ForgetPreset', 51, 'PRESETFOLDER', '[INSTALLDIR]')
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('ForgetPreset', 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE', 1410)
