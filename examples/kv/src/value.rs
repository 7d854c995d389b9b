//! [`Value`]: what a key stands for, of one of four kinds.

use alloc::collections::VecDeque;
use std::collections::HashMap;

use indexmap::IndexSet;

/// Bytes that do not change.
pub(crate) type Bytes = Box<[u8]>;

pub(crate) type List = VecDeque<Bytes>;
pub(crate) type Hash = HashMap<Bytes, Bytes>;
/// In an order, so that a random member can be found.
pub(crate) type Set = IndexSet<Bytes>;

/// What a key stands for.
#[derive(Debug)]
pub(crate) enum Value {
    String(Vec<u8>),
    List(List),
    Hash(Hash),
    Set(Set),
}

/// One kind of value.
pub(crate) trait Kind: Default {
    fn into_value(self) -> Value;
    fn of(value: &Value) -> Option<&Self>;
    fn of_mut(value: &mut Value) -> Option<&mut Self>;
}

macro_rules! kinds {
    ($($Name:ident: $Kind:ty, $name:literal;)*) => {
        impl Value {
            /// What `TYPE` calls it.
            pub(crate) const fn kind(&self) -> &'static str {
                match self { $(Self::$Name(_) => $name,)* }
            }

            /// Whether nothing is in it. A key that stands for nothing is gone, unless that is a string.
            pub(crate) fn is_over(&self) -> bool {
                match self {
                    Self::String(_) => false,
                    Self::List(list) => list.is_empty(),
                    Self::Hash(hash) => hash.is_empty(),
                    Self::Set(set) => set.is_empty(),
                }
            }
        }

        $(impl Kind for $Kind {
            fn into_value(self) -> Value {
                Value::$Name(self)
            }

            fn of(value: &Value) -> Option<&Self> {
                if let Value::$Name(value) = value { Some(value) } else { None }
            }

            fn of_mut(value: &mut Value) -> Option<&mut Self> {
                if let Value::$Name(value) = value { Some(value) } else { None }
            }
        })*
    };
}

kinds! {
    String: Vec<u8>, "string";
    List: List, "list";
    Hash: Hash, "hash";
    Set: Set, "set";
}
