"""`make pictures`: write them all."""

from tests.pictures import FOLDER, PICTURES

FOLDER.mkdir(exist_ok=True)
for name, make in PICTURES.items():
    (FOLDER / name).write_text(make(), "utf-8")
    print(FOLDER / name)
