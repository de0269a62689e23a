//! A ZIP file of parts that are stored as they are (APPNOTE.TXT 6.3, PKWARE), with one
//! fixed date, so that the same parts give the same bytes.

/// 1980-01-01 in the format of MS-DOS, the first date that it has.
const DATE: u16 = 0x0021;

/// The names are UTF-8: bit 11 of the flags.
const FLAGS: u16 = 0x0800;

/// The bytes of an archive of these parts: names and contents.
pub(super) fn stored(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in parts {
        let offset = out.len() as u32;
        let mut common = Vec::new();
        for field in [20, FLAGS, 0, 0, DATE] {
            common.extend_from_slice(&u16::to_le_bytes(field));
        }
        let size = content.len() as u32;
        for field in [crc32(content), size, size] {
            common.extend_from_slice(&u32::to_le_bytes(field));
        }
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.append(&mut directory);
    out.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    let count = (parts.len() as u16).to_le_bytes();
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// The check sum of ISO 3309, as ZIP uses it, bits reversed.
fn crc32(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|byte| {
            (0..8).fold(byte, |crc, _| {
                let odd = crc & 1 == 1;
                (crc >> 1) ^ if odd { 0xedb8_8320 } else { 0 }
            })
        })
        .collect();
    let crc = bytes.iter().fold(u32::MAX, |crc, &byte| {
        (crc >> 8) ^ table[(crc as u8 ^ byte) as usize]
    });
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_check_sum_is_right() {
        // The check value that catalogues of CRC algorithms give for CRC-32.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
