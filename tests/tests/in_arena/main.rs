//! Scopes in an arena: the same as those with a heap, whatever is cancelled or panics; and what they alone have.

mod like_a_scope;
