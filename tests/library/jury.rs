//! The jury's arithmetic, by worked examples: every expected value was computed by
//! hand or is printed in a publication.

mod build;
mod entries;
mod examples;
mod ranks;
mod settings;
mod sheets;
