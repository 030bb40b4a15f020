//! Routes with their OpenAPI document: one table makes both, and the roles that `guard` enforces.
//!
//! Schemas are schemars', as the record's own are, so that OpenAPI 3.1 takes them as they stand.

use std::collections::HashMap;

use axum::Router;
use axum::http::Method;
use axum::routing::MethodRouter;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::error::ErrorBody;
use crate::guard::Who;
use crate::state::App;

/// Where all routes lie.
const BASE: &str = "/api/v1";
const ABOUT: &str = "The workbench's own interface. Lists go on by `after`; times are RFC 3339 in UTC; `as_of` asks what was known \
    at the end of a day or at a time. A request that changes something carries the session's token in the header \
    `x-annals-csrf`. `x-role` tells the least role that each operation needs.";

/// All routes, ready to serve.
pub(crate) struct Api {
    pub(crate) router: Router<App>,
    /// Who may call what, by method and path.
    pub(crate) roles: HashMap<(Method, String), Who>,
    /// The OpenAPI document, as indented JSON.
    pub(crate) document: String,
}

/// What the document says of a route.
pub(crate) struct Route {
    method: &'static str,
    path: &'static str,
    id: &'static str,
    who: Who,
    summary: &'static str,
}

pub(crate) fn route(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    who: Who,
    summary: &'static str,
) -> Route {
    Route { method, path, id, who, summary }
}

/// Collects routes.
pub(crate) struct Builder {
    schemas: SchemaGenerator,
    router: Router<App>,
    roles: HashMap<(Method, String), Who>,
    paths: Map<String, Value>,
}

impl Default for Builder {
    fn default() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|it| it.definitions_path = "/components/schemas".into());
        Self { schemas: settings.into_generator(), router: Router::new(), roles: HashMap::new(), paths: Map::new() }
    }
}

impl Builder {
    /// Adds a route with the parameters `P`, the JSON body `B` and the answer `R`; `()` is none.
    pub(crate) fn add<P: JsonSchema, B: JsonSchema, R: JsonSchema>(
        mut self,
        route: &Route,
        serves: MethodRouter<App>,
    ) -> Self {
        let Route { method, path, id, who, summary } = *route;
        let path = format!("{BASE}{path}");
        let tag = path.split('/').nth(3).unwrap_or_default().trim_end_matches(".json");
        let error = json!({ "description": "The request failed.", "content": content(&self.schema::<ErrorBody>()) });
        let mut answer = json!({ "description": "Done." });
        if let Some(schema) = self.some::<R>() {
            answer["content"] = content(&schema);
        }
        let mut operation = json!({
            "operationId": id, "summary": summary, "tags": [tag], "x-role": who.word(),
            "parameters": self.parameters::<P>(&path),
            "responses": { success(method, &path): answer, "4XX": error },
        });
        if let Some(schema) = self.some::<B>() {
            operation["requestBody"] = json!({ "required": true, "content": content(&schema) });
        }
        let methods = self.paths.entry(path.clone()).or_insert_with(|| json!({}));
        methods[method.to_lowercase()] = operation;
        if let Ok(method) = method.parse() {
            self.roles.insert((method, path.clone()), who);
        }
        self.router = self.router.route(&path, serves);
        self
    }

    pub(crate) fn end(mut self) -> Api {
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": "Annals", "description": ABOUT, "version": env!("CARGO_PKG_VERSION") },
            "paths": self.paths,
            "components": { "schemas": self.schemas.take_definitions(true) },
        });
        let document = serde_json::to_string_pretty(&document).unwrap_or_default();
        Api { router: self.router, roles: self.roles, document }
    }

    fn schema<T: JsonSchema>(&mut self) -> Value {
        self.schemas.subschema_for::<T>().to_value()
    }

    fn some<T: JsonSchema>(&mut self) -> Option<Value> {
        (T::schema_name() != <()>::schema_name()).then(|| self.schema::<T>())
    }

    /// The fields of a type, or of each of a pair, as parameters.
    fn parameters<P: JsonSchema>(&mut self, path: &str) -> Vec<Value> {
        let schema = P::json_schema(&mut self.schemas).to_value();
        let parts = schema.get("prefixItems").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![schema]);
        let parts: Vec<Value> = parts.into_iter().map(|it| self.resolved(it)).collect();
        let mut parameters = Vec::new();
        for part in parts {
            let required: Vec<&str> =
                part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            for (name, schema) in part["properties"].as_object().into_iter().flatten() {
                let mut schema = schema.clone();
                let description =
                    schema.as_object_mut().and_then(|it| it.shift_remove("description")).unwrap_or_else(|| json!(""));
                let is_in_path = path.contains(&format!("{{{name}}}"));
                parameters.push(json!({
                    "name": name, "in": if is_in_path { "path" } else { "query" }, "description": description,
                    "required": is_in_path || required.contains(&name.as_str()), "schema": schema,
                }));
            }
        }
        parameters
    }

    /// A reference's schema: parameters are told in full.
    fn resolved(&self, schema: Value) -> Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|it| it.rsplit('/').next());
        name.and_then(|it| self.schemas.definitions().get(it).cloned()).unwrap_or(schema)
    }
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn success(method: &str, path: &str) -> &'static str {
    match (method, path.rsplit('/').next()) {
        ("DELETE", _) => "204",
        ("POST", Some("reports" | "samples")) => "202",
        _ => "200",
    }
}
