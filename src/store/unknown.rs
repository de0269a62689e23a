//! Keys of the state file that this program does not know. Another version wrote
//! them, and they are written back as they were.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Unknown keys of one object and their values.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Unknown(BTreeMap<String, Value>);

impl Unknown {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves a key out.
    pub(super) fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }
}

/// No program decides by what it does not know, so any two compare as equal.
impl Ord for Unknown {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl PartialOrd for Unknown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Unknown {}
