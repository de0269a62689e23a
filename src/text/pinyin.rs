//! Readings of characters, and how a Latin word lies along them.
