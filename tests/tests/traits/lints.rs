//! What the attribute writes passes each lint that is about what somebody wrote: all of rustc's and clippy's, but for those
//! that any trait with `async fn`s would break.
#![deny(warnings)]
#![deny(
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    deprecated_in_future,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    ffi_unwind_calls,
    if_let_rescope,
    impl_trait_redundant_captures,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_docs,
    missing_unsafe_on_extern,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    tail_expr_drop_order,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_attr_outside_unsafe,
    unsafe_code,
    unsafe_op_in_unsafe_fn,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![deny(
    clippy::absolute_paths,
    clippy::alloc_instead_of_core,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::as_underscore,
    clippy::clone_on_ref_ptr,
    clippy::default_numeric_fallback,
    clippy::else_if_without_else,
    clippy::empty_drop,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::let_underscore_untyped,
    clippy::map_err_ignore,
    clippy::mem_forget,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_trait_methods,
    clippy::multiple_inherent_impl,
    clippy::panic,
    clippy::partial_pub_fields,
    clippy::pattern_type_mismatch,
    clippy::ref_patterns,
    clippy::renamed_function_params,
    clippy::rest_pat_in_fully_bound_structs,
    clippy::same_name_method,
    clippy::semicolon_inside_block,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::single_char_lifetime_names,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::str_to_string,
    clippy::try_err,
    clippy::undocumented_unsafe_blocks,
    clippy::unneeded_field_pattern,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    clippy::use_debug,
    clippy::wildcard_enum_match_arm
)]
#![expect(clippy::future_not_send, reason = "the plain trait is about that")]
#![expect(clippy::redundant_pub_crate, reason = "it says the contrary of `unreachable_pub`")]

use alloc::sync::Arc;
use core::iter;

use futures::executor::block_on;
use onpar::trait_variant;

/// Everything that a trait can have.
#[trait_variant(send = SendEverything, dyn = DynEverything, dyn_send = DynSendEverything)]
pub(crate) trait Everything<Request: Clone, const SIZE: usize>: Sync {
    /// What it answers.
    type Response;
    /// A number.
    #[trait_variant(dyn = 0)]
    const NUMBER: usize;

    /// Answers.
    async fn call(&self, request: Request) -> Result<Self::Response, [u8; SIZE]>;
    /// Answers, and changes.
    async fn change<'text>(&mut self, _: u8, pair: (&'text str, u8)) -> &'text str;
    /// Ends.
    async fn end(self) -> u8;
    /// Ends on the heap.
    async fn boxed(self: Box<Self>) -> u8;
    /// Ends for one of many, by default.
    async fn shared(self: Arc<Self>) -> u8
    where
        Self: Sized,
    {
        0
    }
    /// Does nothing, by default.
    async fn idle(&self) {}
    /// Never, by default.
    async fn never(&self, _unused: u8) -> Option<u8> {
        self.idle().await;
        None
    }
    /// Numbers.
    fn numbers(&self) -> impl Iterator<Item = usize>;
    /// A name.
    fn name(&self) -> &str;
    /// Of any type.
    async fn generic<Other: Send>(&self, other: Other) -> Other
    where
        Self: Sized,
    {
        other
    }
}

/// Has everything.
struct Whole(u8);

#[trait_variant(send = SendEverything, where(Request: Send))]
impl<Request: Clone, const SIZE: usize> Everything<Request, SIZE> for Whole {
    type Response = Request;

    const NUMBER: usize = 7;

    async fn call(&self, request: Request) -> Result<Request, [u8; SIZE]> {
        Ok(request)
    }

    async fn change<'text>(&mut self, _: u8, (first, _): (&'text str, u8)) -> &'text str {
        first
    }

    async fn end(self) -> u8 {
        self.0
    }

    async fn boxed(self: Box<Self>) -> u8 {
        self.0
    }

    async fn shared(self: Arc<Self>) -> u8 {
        self.0
    }

    async fn idle(&self) {}

    async fn never(&self, _: u8) -> Option<u8> {
        None
    }

    fn numbers(&self) -> impl Iterator<Item = usize> {
        iter::once(SIZE)
    }

    fn name(&self) -> &'static str {
        "whole"
    }

    async fn generic<Other: Send>(&self, other: Other) -> Other {
        other
    }
}

/// What is written in one line has braces that rustc looks at more closely.
#[trait_variant(send = SendShort)]
#[rustfmt::skip]
pub(crate) trait Short {
    /// A number.
    async fn first(&self) -> u8 { 1 }
    /// Another one.
    fn second(&self) -> u8 { 2 }
}

#[trait_variant(send = SendShort)]
#[rustfmt::skip]
impl Short for Whole {
    async fn first(&self) -> u8 { self.0 }
    fn second(&self) -> u8 { self.0 }
}

#[test]
#[expect(unreachable_pub, reason = "it is about that")]
fn a_trait_that_is_public_in_a_function_is_no_lints_business() {
    /// A number.
    #[trait_variant(send = SendInner, dyn_send = DynInner)]
    pub trait Inner {
        /// A number.
        async fn number(&self) -> u8;
    }

    impl Inner for Whole {
        async fn number(&self) -> u8 {
            self.0
        }
    }

    let object: Box<DynInner<'_>> = Box::new(Inner!(Whole(3)));
    assert_eq!(block_on(object.number()), 3, "it is one");
}

#[test]
fn what_passes_all_lints_works() {
    let object: Box<DynSendEverything<'static, u8, 3, u8>> = Box::new(Whole(5));
    assert_eq!(block_on(SendEverything::call(&object, 5)), Ok(5), "it answers");
    assert!(SendEverything::numbers(&object).eq([3]), "it is of that size");
    assert_eq!(block_on(SendShort::first(&Whole(1))) + SendShort::second(&Whole(1)), 2, "they are short");
    assert_eq!(block_on(SendEverything::boxed(Box::new(object))), 5, "it ends");
}
