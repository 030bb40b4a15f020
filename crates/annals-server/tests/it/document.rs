//! The OpenAPI document is kept; a change of the API is a change of that file.

use expect_test::expect_file;

#[test]
fn the_document_is_as_kept() {
    expect_file!["../../../../docs/openapi.json"].assert_eq(&annals_server::openapi());
}
