//! Gzip and Zstandard, seen by their first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// A reader of unknown kind that may go to another thread.
pub(crate) type Input<'r> = Box<dyn BufRead + Send + 'r>;

/// How much of a stream is looked at to tell what it is. **Units**: bytes.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Greatest Zstandard window taken. **Units**: bytes. It is what `zstd` writes at its highest common level.
const ZSTD_WINDOW_BYTES: u64 = 128 * 1024 * 1024;

/// Packed twice happens (a `.gz` served with gzip); more is an attack.
const LAYERS: usize = 2;

/// Takes off packing; gives the first bytes of what is inside, and all of it.
pub(crate) fn unpack<'r>(input: impl Read + Send + 'r) -> io::Result<(Vec<u8>, Input<'r>)> {
    let (mut head, mut input) = peek(input)?;
    for _ in 0..LAYERS {
        if head.starts_with(&[0x1f, 0x8b]) {
            (head, input) = peek(MultiGzDecoder::new(input))?;
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            (head, input) = peek(ZstdFrames::new(input))?;
        }
    }
    Ok((head, input))
}

/// Gives the first bytes of a stream, and all of it.
pub(crate) fn peek<'r>(mut input: impl Read + Send + 'r) -> io::Result<(Vec<u8>, Input<'r>)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let whole = io::Cursor::new(head.clone()).chain(BufReader::with_capacity(HEAD_BYTES, input));
    Ok((head, Box::new(whole)))
}

/// Frames one after another, as `zstd` and its parallel kin write them; the library reads one at a time.
struct ZstdFrames<'r> {
    source: Input<'r>,
    decoder: Box<FrameDecoder>,
    in_frame: bool,
}

impl<'r> ZstdFrames<'r> {
    fn new(source: Input<'r>) -> ZstdFrames<'r> {
        let mut decoder = Box::new(FrameDecoder::new());
        decoder.set_max_window_size(ZSTD_WINDOW_BYTES);
        ZstdFrames { source, decoder, in_frame: false }
    }

    /// Goes into the next frame; false at the end.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(invalid(&error)),
            }
        }
        Ok(false)
    }
}

impl Read for ZstdFrames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.next_frame()? {
                return Ok(0);
            }
            self.in_frame = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|error| invalid(&error))?;
            }
            let n_bytes = self.decoder.read(buffer)?;
            if n_bytes > 0 || buffer.is_empty() {
                return Ok(n_bytes);
            }
            self.in_frame = false;
        }
    }
}

fn invalid(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}
