"""How much is taken of one file: what one worker can bear. How that was measured stands in docs/adr."""

MB = 1024 * 1024

PHOTO_BYTES = 10 * MB
# As wide × high; 50 million is what a phone gives at its best, more is a bomb.
PHOTO_PIXELS = 50_000_000
PHOTO_SIDE = 2560  # longer side of what is kept, pixels
THUMBNAIL_SIDE = 480
DOCUMENT_BYTES = 20 * MB

# Of the child process that decodes one picture.
DECODER_MEMORY = 768 * MB
DECODER_CPU_S = 10
DECODER_WALL_S = 15
