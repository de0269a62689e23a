//! The jury's arithmetic, by worked examples: every expected value was computed by
//! hand or is printed in a publication.

#[path = "jury/build.rs"]
mod build;
#[path = "jury/entries.rs"]
mod entries;
#[path = "jury/examples.rs"]
mod examples;
#[path = "jury/ranks.rs"]
mod ranks;
#[path = "jury/settings.rs"]
mod settings;
