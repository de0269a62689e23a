//! ZIP archives (APPNOTE.TXT 6.3.3), as far as DOCX and EPUB need them: parts that
//! are stored or deflated, found through the central directory.

use flate2::{Decompress, FlushDecompress, Status};

use super::Refusal;

/// No part may be larger than this when inflated, in bytes.
const MOST_PART: u64 = 64 << 20;
/// All parts together.
const MOST_IN_ALL: u64 = 256 << 20;
/// How many times its compressed size a part may have, once it is over
/// [`FREE`] bytes. Text and mark-up shrink to a twentieth, seldom to a hundredth.
const MOST_RATIO: u64 = 400;
const FREE: u64 = 4 << 20;
/// How many parts an archive may have.
const MOST_PARTS: usize = 20_000;

/// A part as the central directory lists it.
#[derive(Debug)]
struct Part {
    name: String,
    method: u16,
    encrypted: bool,
    compressed: u64,
    /// Offset of its local header, in bytes.
    header: u64,
}

/// An archive in memory.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
    /// How many bytes may still be inflated.
    left: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

impl<'a> Archive<'a> {
    /// Reads the central directory.
    ///
    /// # Errors
    ///
    /// If there is none, or it is cut short.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let parts = parts(bytes).ok_or(Refusal::Damaged("ZIP".into()))?;
        Ok(Self {
            bytes,
            parts,
            left: MOST_IN_ALL,
        })
    }

    /// Whether there is a part with this name.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Part> {
        let own = self.parts.iter().find(|part| part.name == name);
        // Some writers disagree with themselves about capitals.
        own.or_else(|| {
            let parts = self.parts.iter();
            parts
                .into_iter()
                .find(|part| part.name.eq_ignore_ascii_case(name))
        })
    }

    /// The bytes of a part; `None` where there is none with this name.
    ///
    /// # Errors
    ///
    /// If it is encrypted, damaged, or larger than a part may be.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(part) = self.find(name) else {
            return Ok(None);
        };
        if part.encrypted {
            return Err(Refusal::Encrypted);
        }
        let data = data(self.bytes, part).ok_or(Refusal::Damaged("ZIP".into()))?;
        let most = MOST_PART
            .min(self.left)
            .min(FREE.max(part.compressed.saturating_mul(MOST_RATIO)));
        let read = match part.method {
            0 if data.len() as u64 > most => return Err(Refusal::TooLarge),
            0 => data.to_vec(),
            8 => inflate(data, most)?,
            _ => return Err(Refusal::Damaged("ZIP".into())),
        };
        self.left -= read.len() as u64;
        Ok(Some(read))
    }
}

/// Inflates data to at most `most` bytes.
fn inflate(data: &[u8], most: u64) -> Result<Vec<u8>, Refusal> {
    const STEP: usize = 64 << 10;
    let mut inflater = Decompress::new(false);
    let mut read = Vec::new();
    loop {
        read.reserve(STEP);
        let before = (inflater.total_in(), inflater.total_out());
        let rest = &data[before.0 as usize..];
        let status = inflater
            .decompress_vec(rest, &mut read, FlushDecompress::Finish)
            .map_err(|_| Refusal::Damaged("ZIP".into()))?;
        if read.len() as u64 > most {
            return Err(Refusal::TooLarge);
        }
        match status {
            Status::StreamEnd => return Ok(read),
            _ if before == (inflater.total_in(), inflater.total_out()) => {
                return Err(Refusal::Damaged("ZIP".into()));
            }
            Status::Ok | Status::BufError => {}
        }
    }
}

/// The parts that the central directory lists.
fn parts(bytes: &[u8]) -> Option<Vec<Part>> {
    // The end record is 22 bytes and a comment of at most 64 KiB.
    let from = bytes.len().saturating_sub(22 + 0xFFFF);
    let end = from + memchr::memmem::rfind(&bytes[from..], b"PK\x05\x06")?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)? as usize;
    let mut parts = Vec::new();
    for _ in 0..usize::from(count).min(MOST_PARTS) {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let name = usize::from(u16_at(bytes, at + 28)?);
        let extra = usize::from(u16_at(bytes, at + 30)?);
        let comment = usize::from(u16_at(bytes, at + 32)?);
        let name = bytes.get(at + 46..at + 46 + name)?;
        parts.push(Part {
            name: String::from_utf8_lossy(name).replace('\\', "/"),
            encrypted: u16_at(bytes, at + 8)? & 1 == 1,
            method: u16_at(bytes, at + 10)?,
            compressed: u64::from(u32_at(bytes, at + 20)?),
            header: u64::from(u32_at(bytes, at + 42)?),
        });
        at += 46 + name.len() + extra + comment;
    }
    Some(parts)
}

/// The compressed bytes of a part, after its local header.
fn data<'a>(bytes: &'a [u8], part: &Part) -> Option<&'a [u8]> {
    let header = usize::try_from(part.header).ok()?;
    if bytes.get(header..header.checked_add(4)?)? != b"PK\x03\x04" {
        return None;
    }
    let name = usize::from(u16_at(bytes, header + 26)?);
    let extra = usize::from(u16_at(bytes, header + 28)?);
    let start = header + 30 + name + extra;
    let end = start.checked_add(usize::try_from(part.compressed).ok()?)?;
    bytes.get(start..end)
}

/// An archive of stored parts, for tests.
#[cfg(test)]
pub fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, data) in parts {
        let header = bytes.len() as u32;
        let length = data.len() as u32;
        let names = name.len() as u16;
        bytes.extend(b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend(length.to_le_bytes());
        bytes.extend(length.to_le_bytes());
        bytes.extend(names.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(*data);
        directory.extend(b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0");
        directory.extend(length.to_le_bytes());
        directory.extend(length.to_le_bytes());
        directory.extend(names.to_le_bytes());
        directory.extend([0; 12]);
        directory.extend(header.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    let count = (parts.len() as u16).to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_by_name() {
        let bytes = stored(&[("a/b.txt", b"one"), ("c", b"two")]);
        let mut archive = Archive::open(&bytes).expect("it is an archive");
        assert_eq!(archive.read("a/b.txt"), Ok(Some(b"one".to_vec())));
        assert_eq!(archive.read("C"), Ok(Some(b"two".to_vec())));
        assert_eq!(archive.read("d"), Ok(None));
        assert!(archive.has("c") && !archive.has("d"));
    }

    #[test]
    fn an_archive_cut_short_is_damaged() {
        let bytes = stored(&[("a", b"one")]);
        // The last two bytes count those of a comment, which there is none of.
        for end in 0..bytes.len() - 2 {
            let read = Archive::open(&bytes[..end]).and_then(|mut archive| archive.read("a"));
            assert!(read.is_err(), "{end}");
        }
    }

    #[test]
    fn a_part_that_grows_out_of_all_proportion_is_refused() {
        use std::io::Write;
        let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), Default::default());
        deflated
            .write_all(&vec![b' '; 16 << 20])
            .expect("in memory");
        let deflated = deflated.finish().expect("in memory");
        let mut bytes = stored(&[("a", &deflated)]);
        let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("it has one");
        bytes[directory + 10] = 8;
        let mut archive = Archive::open(&bytes).expect("it is an archive");
        assert_eq!(archive.read("a"), Err(Refusal::TooLarge));
    }
}
