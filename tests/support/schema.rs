//! As much of JSON Schema as this project's schemas use.

use std::path::Path;

use serde_json::Value;

/// The schema in a file of the repository.
pub fn of(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(path).expect("the schema is there");
    serde_json::from_str(&text).expect("a schema is JSON")
}

/// Panics where `value` is not valid by `schema`.
#[track_caller]
pub fn check(schema: &Value, value: &Value) {
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => is_of_type(rule, value),
            "enum" => rule.as_array().is_some_and(|values| values.contains(value)),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| Some(number) >= rule.as_f64()),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| Some(number) <= rule.as_f64()),
            "minLength" => {
                let length = value.as_str().map(|text| text.chars().count() as u64);
                length.is_none_or(|length| Some(length) >= rule.as_u64())
            }
            "required" => {
                let mut keys = rule.as_array().into_iter().flatten();
                keys.all(|key| key.as_str().is_some_and(|key| value.get(key).is_some()))
            }
            "properties" => {
                for (key, schema) in rule.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(key) {
                        check(schema, value);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = &schema["properties"];
                let mut keys = value
                    .as_object()
                    .into_iter()
                    .flat_map(|object| object.keys());
                keys.all(|key| known.get(key).is_some())
            }
            "items" => {
                value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .for_each(|item| check(rule, item));
                true
            }
            unknown => panic!("this validator does not know {unknown}"),
        };
        assert!(holds, "{keyword} {rule} does not hold for {value}");
    }
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let one = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        unknown => panic!("this validator does not know the type {unknown}"),
    };
    match rule {
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(one),
        name => name.as_str().is_some_and(one),
    }
}
