//! What a terminal sends: any bytes are keys, pastes, the mouse or answers, and
//! it does not matter where the stream is cut.

use anli::key::{Input, Key};
use anli::tui::input::{Decoded, Decoder};

/// Beyond this a sequence is given up, and where it is depends on the cuts.
const LONGEST: usize = 256;

pub fn check(data: &[u8]) {
    let (count, rest) = super::choice(data);
    let (cuts, stream) = rest.split_at(usize::from(count % 8).min(rest.len()));
    let stream = &stream[..stream.len().min(LONGEST)];
    let whole = decode(&[stream]);
    check_decoded(&whole);

    let mut cuts: Vec<usize> = cuts
        .iter()
        .map(|&cut| usize::from(cut) % (stream.len() + 1))
        .collect();
    cuts.extend([0, stream.len()]);
    cuts.sort_unstable();
    let pieces: Vec<&[u8]> = cuts
        .windows(2)
        .map(|pair| &stream[pair[0]..pair[1]])
        .collect();
    assert_eq!(decode(&pieces), whole, "cut at {cuts:?}");
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(decode(&bytes), whole, "byte by byte");
}

fn decode(pieces: &[&[u8]]) -> Vec<Decoded> {
    let mut decoder = Decoder::default();
    let mut decoded = Vec::new();
    for piece in pieces {
        decoder.feed(piece, &mut decoded);
    }
    decoder.settle(&mut decoded);
    assert_eq!(decoder.patience(), None, "nothing is left open");
    decoded
}

/// No control character is taken for typed text.
fn check_decoded(decoded: &[Decoded]) {
    for decoded in decoded {
        if let Decoded::Input(Input::Key(Key::Char(c) | Key::Alt(c))) = decoded {
            assert!(!c.is_control(), "{c:?}");
        }
    }
}
