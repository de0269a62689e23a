//! The schemas of the repository, by a validator of JSON Schema that others wrote.

use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// A schema, ready for use.
pub struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

/// The schema in a file of the repository.
#[track_caller]
pub fn of(path: &str) -> Schema {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let path = path.to_str().expect("the repository has a path in UTF-8");
    let mut schemas = Schemas::new();
    let index = Compiler::new().compile(path, &mut schemas);
    let index = index.unwrap_or_else(|error| panic!("{error:#}"));
    Schema { schemas, index }
}

/// Panics where `value` is not valid by `schema`.
#[track_caller]
pub fn check(schema: &Schema, value: &Value) {
    if let Err(error) = schema.schemas.validate(value, schema.index) {
        panic!("{error:#}\n{value:#}");
    }
}
