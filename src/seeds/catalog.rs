//! What an editor knows of the documents and their text does not print.

/// The editor's knowledge, from TOML.
#[derive(Clone, Debug, Default)]
pub struct Catalog {}

impl Catalog {
    /// The catalog that the binary carries.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Reads a catalog.
    ///
    /// # Errors
    ///
    /// One sentence for each mistake, with the line of the file.
    pub fn parse(_toml: &str) -> Result<Self, Vec<String>> {
        Ok(Self::default())
    }
}
