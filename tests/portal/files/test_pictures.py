"""Pictures from outside: what is taken is drawn anew, what is hostile or broken is refused in words."""

import io

import pytest
from PIL import Image, ImageCms, UnidentifiedImageError

from portal.files import pictures, sizes
from portal.files.errors import Refused
from portal.files.pictures import picture_of
from tests.factories import files


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_phones_photo_loses_place_and_owner_and_stands_upright():
    sent = files.jpeg_from_a_phone()
    assert b"Exif" in sent and opened(sent).getexif().get_ifd(0x8825), "the sample has no place in it"
    picture = picture_of(sent)
    for data in (picture.jpeg, picture.thumbnail):
        kept = opened(data)
        assert kept.format == "JPEG" and not kept.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & kept.info.keys()
        assert b"Exif" not in data and b"officer 42" not in data
    assert (picture.width, picture.height) == (480, 640) == opened(picture.jpeg).size
    assert max(opened(picture.thumbnail).size) == sizes.THUMBNAIL_SIDE


def test_a_large_photo_is_made_smaller():
    picture = picture_of(files.jpeg(size=(6000, 2000)))
    assert (picture.width, picture.height) == (2560, 853)


@pytest.mark.parametrize(
    ("format", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("WEBP", "RGB")],
)
def test_all_ways_to_write_colours_are_taken(format, mode):
    source = files.scene(size=(300, 200))
    source = Image.new("I;16", (300, 200), 40_000) if mode == "I;16" else source.convert(mode)
    kept = opened(picture_of(files.encoded(source, format)).jpeg)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (300, 200))


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert min(opened(picture_of(files.encoded(clear, "PNG")).jpeg).getpixel((20, 20))) > 250


def test_only_the_first_frame_is_kept():
    frames = [files.scene(seed, (200, 200)) for seed in (1, 2, 3)]
    data = files.encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    kept = opened(picture_of(data).jpeg)
    assert getattr(kept, "n_frames", 1) == 1
    assert picture_of(data).look == picture_of(files.encoded(frames[0], "PNG")).look


def test_colours_of_another_profile_are_translated():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(picture_of(files.jpeg(icc_profile=lab)).jpeg).info
    assert picture_of(files.jpeg(icc_profile=b"no profile at all")).width == 640


def test_what_follows_the_picture_is_gone():
    assert b"<script>" not in picture_of(files.jpeg() + files.HTML).jpeg


HOSTILE = {
    "bomb": (files.bomb_png, "bomb"),
    "truncated": (lambda: files.jpeg()[:9000], "broken"),
    "header only": (lambda: files.jpeg()[:30], "broken"),
    "svg": (lambda: files.SVG, "format"),
    "html": (lambda: files.HTML, "format"),
    "gif polyglot": (files.gif_polyglot, "format"),
    "tiff": (lambda: files.encoded(files.scene(), "TIFF"), "format"),
    "pdf": (files.pdf, "format"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + bytes(400), "heic"),
    "empty": (lambda: b"", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_files_are_refused_in_words(name):
    make, why = HOSTILE[name]
    with pytest.raises(Refused) as refusal:
        picture_of(make())
    assert refusal.value.message == pictures.WORDS[why]


def test_a_file_of_too_many_bytes_is_not_even_handed_on(monkeypatch):
    monkeypatch.setattr(pictures, "_decoded", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(Refused, match="quá 10 MB"):
        picture_of(bytes(sizes.PHOTO_BYTES + 1))


def test_the_decoder_bounds_itself(monkeypatch):
    """Too little memory, too little time: a refusal in words, and the caller lives."""
    monkeypatch.setattr(sizes, "DECODER_MEMORY", 90 * sizes.MB)
    with pytest.raises(Refused):
        picture_of(files.encoded(Image.new("RGBA", (5000, 5000)), "PNG"))
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "DECODER", pictures.DECODER.with_name("no_such_file.py"))
    with pytest.raises(Refused):
        picture_of(files.jpeg())


def test_the_decoder_knows_no_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "0123456789")
    spy = tmp_path / "spy.py"
    spy.write_text(
        'import os, json; print(json.dumps({"error": "bomb" if "SECRET_KEY" in os.environ else "format"}))'
    )
    monkeypatch.setattr(pictures, "DECODER", spy)
    with pytest.raises(Refused, match="không phải ảnh"):
        picture_of(files.jpeg())


def test_a_photo_compressed_anew_still_looks_alike():
    first = picture_of(files.jpeg(7)).look
    again = picture_of(files.encoded(files.scene(7).resize((500, 375)), "WEBP", quality=40)).look
    other = picture_of(files.jpeg(8)).look
    assert (
        ((first ^ again) & (1 << 64) - 1).bit_count()
        <= 5
        < 10
        < ((first ^ other) & (1 << 64) - 1).bit_count()
    )


def test_pillow_would_have_opened_what_is_refused_here():
    """The samples are real: a GIF is an image to Pillow, an SVG is none."""
    assert opened(files.gif_polyglot()).format == "GIF"
    with pytest.raises(UnidentifiedImageError):
        opened(files.SVG)
