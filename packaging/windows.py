"""What Windows shows of the program in the properties of its file, in the words of PyInstaller."""

from stage import VERSION

TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The authors of Stakeout'),
      StringStruct('FileDescription', 'Stakeout'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'stakeout'),
      StringStruct('LegalCopyright', 'Apache License 2.0'),
      StringStruct('OriginalFilename', 'stakeout.exe'),
      StringStruct('ProductName', 'Stakeout'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])])
  ]
)
"""


def version_info(version: str = VERSION) -> str:
    """Return the version resource; Windows wants four numbers."""
    numbers = tuple([*map(int, version.split(".")), 0, 0, 0, 0][:4])
    return TEMPLATE.format(numbers=numbers, version=version)
