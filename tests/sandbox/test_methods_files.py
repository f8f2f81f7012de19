from typing import Any

from telethon.tl import functions, types

from tests.sandbox.town import Town, new_messages

upload, messages = functions.upload, functions.messages


def send(town: Town, file: Any, random_id: int = 1) -> Any:
    name = types.DocumentAttributeFilename("numbers.txt")
    media = types.InputMediaUploadedDocument(file, "text/plain", [name])
    return messages.SendMediaRequest(town.at(town.ann), media, "here", random_id=random_id)


def location(document: Any) -> Any:
    return types.InputDocumentFileLocation(document.id, document.access_hash, document.file_reference, "")


def sent_document(town: Town, data: bytes = b"0123456789") -> Any:
    town.call(upload.SaveFilePartRequest(5, 0, data))
    (message,) = new_messages(town.call(send(town, types.InputFile(5, 1, "numbers.txt", ""))))
    return message.media.document


def test_a_file_in_parts(town: Town) -> None:
    for part, data in ((1, b"6789"), (0, b"012345")):
        town.call(upload.SaveBigFilePartRequest(5, part, 2, data))
    (message,) = new_messages(town.call(send(town, types.InputFileBig(5, 2, "numbers.txt"))))
    document = message.media.document
    assert (document.size, document.mime_type, document.dc_id) == (10, "text/plain", 2)
    assert town.call(upload.GetFileRequest(location(document), 0, 4096)).bytes == b"0123456789"
    assert town.call(upload.GetFileRequest(location(document), 4, 3)).bytes == b"456"
    assert town.download(town.ann, town.dialog(town.ann, town.me)[0].id) == b"0123456789"


def test_a_part_is_missing(town: Town) -> None:
    town.call(upload.SaveFilePartRequest(5, 0, b"x"))
    assert town.refused(send(town, types.InputFile(5, 2, "numbers.txt", ""))) == "FILE_PARTS_INVALID"


def test_a_known_file_is_sent_again(town: Town) -> None:
    document = sent_document(town)
    known = types.InputDocument(document.id, document.access_hash, document.file_reference)
    again = messages.SendMediaRequest(town.at(town.bob), types.InputMediaDocument(known), "", random_id=2)
    assert new_messages(town.call(again))[0].media.document.id == document.id
    known.file_reference = b"old"
    again.random_id = 3
    assert town.refused(again) == "FILE_REFERENCE_EXPIRED"


def test_files_are_not_for_guessing(town: Town) -> None:
    document = sent_document(town)
    wrong = location(document)
    wrong.access_hash += 1
    assert town.refused(upload.GetFileRequest(wrong, 0, 100)) == "FILE_ID_INVALID"
    wrong = location(document)
    wrong.file_reference = b""
    assert town.refused(upload.GetFileRequest(wrong, 0, 100)) == "FILE_REFERENCE_EXPIRED"
    assert town.refused(upload.GetFileRequest(location(document), 0, 0)) == "LIMIT_INVALID"


def test_media_of_an_album_is_uploaded_first(town: Town) -> None:
    town.call(upload.SaveFilePartRequest(5, 0, b"a photo"))
    photo = types.InputMediaUploadedPhoto(types.InputFile(5, 1, "photo.jpg", ""))
    media = town.call(messages.UploadMediaRequest(town.at(town.ann), photo))
    known = types.InputPhoto(media.photo.id, media.photo.access_hash, media.photo.file_reference)
    album = [types.InputSingleMedia(types.InputMediaPhoto(known), "", random_id=n) for n in (1, 2)]
    sent = new_messages(town.call(messages.SendMultiMediaRequest(town.at(town.ann), album)))
    assert sent[0].grouped_id == sent[1].grouped_id != None  # noqa: E711  a chain of three
    assert [message.media.photo.id for message in sent] == [media.photo.id] * 2


def test_strange_media(town: Town) -> None:
    request = messages.SendMediaRequest(
        town.at(town.ann), types.InputMediaDocumentExternal("https://example.org/a"), "", random_id=1
    )
    assert town.refused(request) == "MEDIA_INVALID"
