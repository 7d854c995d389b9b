//! A tree as JSON says what the tree says.
#![cfg(feature = "serde")]

use core::future::pending;
use core::time::Duration;

use onpar_scope::{Tree, scope, timeout};
use onpar_test::{ByHand, Clock as _, Sim};
use proptest::prelude::{any, proptest};
use serde_json::{Value, json};

fn parsed(tree: &Tree) -> Value {
    serde_json::from_str(&tree.to_json()).expect("JSON")
}

#[test]
fn each_node_has_its_depth_kind_state_name_place_and_age() {
    Sim::from_env().run(async |rt| {
        let work = scope(async |s| {
            let child = s.spawn(timeout(&rt, Duration::from_secs(1), pending::<()>()));
            rt.sleep(Duration::from_millis(5)).await;
            let tree = s.tree();
            let nodes = parsed(&tree);
            for (node, json) in tree.nodes().iter().zip(nodes["nodes"].as_array().unwrap()) {
                let expected = json!({
                    "depth": node.depth(),
                    "kind": node.kind().to_string(),
                    "state": "running",
                    "name": node.name(),
                    "file": file!(),
                    "line": node.location().line(),
                    "column": node.location().column(),
                    "age_ns": 5_000_000,
                });
                assert_eq!(*json, expected);
            }
            assert_eq!(nodes["nodes"].as_array().map(Vec::len), Some(3));
            child.cancel().await;
        });
        work.named("server").observed(rt.clone()).await;
    });
}

proptest! {
    #[test]
    fn any_name_survives(name in any::<String>()) {
        // Names are literals in programs, and leaked here, one a case.
        let named: &'static str = String::leak(name.clone());
        let tree = ByHand::new(scope(async |s| s.tree()).named(named)).finish();
        let json = parsed(&tree);
        assert_eq!((&json["nodes"][0]["name"], &json["nodes"][0]["age_ns"]), (&Value::String(name), &Value::Null));
        assert_eq!(json["observed"], Value::Bool(false));
    }
}
