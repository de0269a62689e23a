//! When the next frame may be sent.
//!
//! Over a slow link frames pile up on their way, in the kernel (up to 64 KB in a pseudo-terminal)
//! and in SSH (2 MB), and the user watches the past. So a large frame ends with a question that the
//! terminal answers when it has read it. Until then the next frame waits, and shows the newest
//! state when it is sent.
//!
//! Waiting for every answer would make a fast link with a long round trip stutter, so as much may
//! be under way as the link carries in [`Flow::AHEAD`]. A terminal that answers no questions is not
//! asked.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::screen::Sent;

/// Frames under way, and how fast they arrive.
#[derive(Debug, Default)]
pub(super) struct Flow {
    answers: bool,
    /// Time of the quickest answer so far: the round trip alone.
    round_trip: Option<Duration>,
    /// Bytes per second, by the last answer.
    rate: Option<f64>,
    /// Bytes sent since the last question.
    unasked: usize,
    awaited: VecDeque<Receipt>,
}

#[derive(Clone, Copy, Debug)]
struct Receipt {
    sent: Instant,
    /// Bytes since the previous question.
    bytes: usize,
    /// Bytes under way when this was sent, including its own.
    under_way: usize,
}

impl Flow {
    /// Maximum delay that frames under way may cause.
    const AHEAD: Duration = Duration::from_millis(100);
    /// Maximum number of bytes under way, except for a single frame.
    const MOST: usize = 32 * 1024;
    /// Minimum size of a frame for a question; the bytes of smaller ones are added up.
    const RECEIPT_FROM: usize = 1024;
    /// Time after which a terminal has stopped answering.
    const PATIENCE: Duration = Duration::from_secs(2);

    /// Notes that the terminal answered a question sent before all frames.
    pub fn trust(&mut self, round_trip: Duration) {
        self.answers = true;
        self.round_trip = Some(round_trip);
    }

    /// Returns the size, in bytes, from which a frame should ask for a receipt.
    pub fn receipt_from(&self) -> usize {
        if self.answers {
            Self::RECEIPT_FROM.saturating_sub(self.unasked).max(1)
        } else {
            usize::MAX
        }
    }

    /// Notes that a frame was sent.
    pub fn sent(&mut self, frame: Sent, now: Instant) {
        self.unasked += frame.bytes;
        if frame.receipt {
            let bytes = std::mem::take(&mut self.unasked);
            self.awaited.push_back(Receipt {
                sent: now,
                bytes,
                under_way: self.under_way() + bytes,
            });
        }
    }

    /// Notes that the terminal answered.
    pub fn received(&mut self, now: Instant) {
        let Some(receipt) = self.awaited.pop_front() else {
            return;
        };
        let took = now.saturating_duration_since(receipt.sent);
        let round_trip = self.round_trip.map_or(took, |least| least.min(took));
        self.round_trip = Some(round_trip);
        let carried = (took - round_trip).max(Duration::from_millis(1));
        self.rate = Some(receipt.under_way as f64 / carried.as_secs_f64());
    }

    /// Whether another frame may be sent.
    pub fn is_open(&self) -> bool {
        self.awaited.is_empty() || self.under_way() <= self.allowance()
    }

    /// Returns when to stop waiting for an answer.
    pub fn deadline(&self) -> Option<Instant> {
        self.awaited
            .front()
            .map(|receipt| receipt.sent + Self::PATIENCE)
    }

    /// Stops asking, since no answer came in time.
    pub fn give_up(&mut self) {
        *self = Self::default();
    }

    /// Returns how long the answers under way should take at most; `None` if there are none.
    pub fn outstanding(&self) -> Option<Duration> {
        let last = self.awaited.back()?;
        let carried = self.rate.map_or(Self::AHEAD, |rate| {
            Duration::from_secs_f64(last.under_way as f64 / rate)
        });
        Some(2 * (self.round_trip.unwrap_or_default() + carried))
    }

    /// Forgets everything under way.
    pub fn clear(&mut self) {
        self.unasked = 0;
        self.awaited.clear();
    }

    fn under_way(&self) -> usize {
        self.awaited.iter().map(|receipt| receipt.bytes).sum()
    }

    fn allowance(&self) -> usize {
        let rate = self.rate.unwrap_or(0.0);
        ((rate * Self::AHEAD.as_secs_f64()) as usize).min(Self::MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(bytes: usize) -> Sent {
        Sent {
            bytes,
            receipt: true,
        }
    }

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_terminal_that_never_answered_is_not_waited_for() {
        let mut flow = Flow::default();
        assert_eq!(flow.receipt_from(), usize::MAX);
        flow.sent(
            Sent {
                bytes: 7_000,
                receipt: false,
            },
            Instant::now(),
        );
        assert!(flow.is_open());
        assert_eq!(flow.deadline(), None);
    }

    #[test]
    fn over_a_slow_link_one_frame_is_under_way_at_a_time() {
        let start = Instant::now();
        let mut flow = Flow::default();
        flow.trust(ms(10));
        flow.sent(frame(7_000), start);
        assert!(!flow.is_open());
        // 8,000 bytes per second.
        flow.received(start + ms(10 + 875));
        assert!(flow.is_open());
        flow.sent(frame(4_000), start + ms(900));
        assert!(!flow.is_open());
    }

    #[test]
    fn over_a_fast_link_with_a_long_way_several_frames_are() {
        let start = Instant::now();
        let mut flow = Flow::default();
        flow.trust(ms(200));
        flow.sent(frame(7_000), start);
        flow.received(start + ms(205));
        for _ in 0..5 {
            assert!(flow.is_open());
            flow.sent(frame(4_000), start + ms(300));
        }
    }

    #[test]
    fn small_frames_are_added_up_before_one_asks() {
        let now = Instant::now();
        let mut flow = Flow::default();
        flow.trust(ms(1));
        assert_eq!(flow.receipt_from(), 1024);
        flow.sent(
            Sent {
                bytes: 1_000,
                receipt: false,
            },
            now,
        );
        assert!(flow.is_open());
        assert_eq!(flow.receipt_from(), 24);
    }

    #[test]
    fn a_terminal_that_stops_answering_is_not_asked_again() {
        let now = Instant::now();
        let mut flow = Flow::default();
        flow.trust(ms(1));
        flow.sent(frame(7_000), now);
        assert_eq!(flow.deadline(), Some(now + Flow::PATIENCE));
        flow.give_up();
        assert!(flow.is_open());
        assert_eq!(flow.receipt_from(), usize::MAX);
        flow.received(now);
        assert!(flow.is_open());
    }
}
