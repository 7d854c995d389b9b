//! The table: every item that a trait can have, and pairs of them where they interact.
//!
//! It has so many lines because it is one table, and each row says in full what it is about.

use super::shape::Shape;

pub(crate) const SHAPES: &[Shape] = &[
    // What a method takes as `self`.
    Shape::new(
        "ref_self",
        "@trait pub trait T { async fn call(&self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "x.call(4).await",
    ),
    Shape::new(
        "mut_self",
        "@trait pub trait T { async fn call(&mut self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&mut self, n: u32) -> u32 { self.0 += n; pause().await; self.0 } }",
        "x.call(4).await",
    ),
    Shape::new(
        "ref_and_mut_self",
        "@trait pub trait T { async fn add(&mut self, n: u32); async fn get(&self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn add(&mut self, n: u32) { pause().await; self.0 += n; }
             async fn get(&self) -> u32 { pause().await; self.0 }
         }",
        "{ x.add(4).await; x.get().await }",
    ),
    Shape::new(
        "self_by_value",
        "@trait pub trait T { async fn call(self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "x.call(4).await",
    ),
    Shape::new(
        "mut_self_by_value",
        "@trait pub trait T { async fn call(self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(mut self, n: u32) -> u32 { self.0 += n; pause().await; self.0 } }",
        "x.call(4).await",
    ),
    Shape::new(
        "boxed_self",
        "@trait pub trait T { async fn call(self: Box<Self>, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(self: Box<Self>, n: u32) -> u32 { pause().await; self.0 + n } }",
        "Box::new(x).call(4).await",
    )
    .object_call("x.call(4).await"),
    Shape::new(
        "arc_self",
        "use std::sync::Arc;
         @trait pub trait T { async fn call(self: Arc<Self>, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(self: Arc<Self>, n: u32) -> u32 { pause().await; self.0 + n } }",
        "Arc::new(x).call(4).await",
    )
    .pointer("Arc")
    .object_call("x.call(4).await"),
    Shape::new(
        "rc_self",
        "use std::rc::Rc;
         @trait pub trait T { @local async fn call(self: Rc<Self>, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { @local async fn call(self: Rc<Self>, n: u32) -> u32 { pause().await; self.0 + n } }",
        "Rc::new(x).call(4).await",
    )
    .not_send()
    .pointer("Rc")
    .object_call("x.call(4).await"),
    Shape::new(
        "pinned_self",
        "use std::pin::{Pin, pin};
         @trait pub trait T { async fn call(self: Pin<&mut Self>, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(mut self: Pin<&mut Self>, n: u32) -> u32 { pause().await; self.0 += n; self.0 }
         }",
        "pin!(x).call(4).await",
    )
    .object_call("Box::into_pin(x).as_mut().call(4).await"),
    Shape::new(
        "pinned_ref_self",
        "use std::pin::{Pin, pin};
         @trait pub trait T { async fn call(self: Pin<&Self>, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(self: Pin<&Self>, n: u32) -> u32 { pause().await; self.0 + n } }",
        "pin!(x).as_ref().call(4).await",
    )
    .object_call("Box::into_pin(x).as_ref().call(4).await"),
    Shape::new(
        "typed_ref_self",
        "@trait pub trait T { async fn call<'a>(self: &'a Self, n: &'a u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call<'a>(self: &'a Self, n: &'a u32) -> u32 { pause().await; self.0 + *n } }",
        "x.call(&4).await",
    ),
    Shape::new(
        "no_self",
        "@trait pub trait T { async fn make(n: u32) -> u32 where Self: Sized; async fn call(&self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn make(n: u32) -> u32 where Self: Sized { pause().await; n }
             async fn call(&self) -> u32 { self.0 + Self::make(4).await }
         }",
        "x.call().await",
    )
    .unproved(),
    // Bodies by default.
    Shape::new(
        "default_body",
        "@trait pub trait T { async fn call(&self, n: u32) -> u32 { pause().await; n + 3 } }
         pub struct S(pub u32);
         @impl impl @T for S {}",
        "x.call(4).await",
    ),
    Shape::new(
        "default_body_that_calls_others",
        "@trait pub trait T {
             async fn one(&self) -> u32;
             async fn call(&self, n: u32) -> u32 { self.one().await + self.one().await + n }
         }
         pub struct S(pub u32);
         @impl impl @T for S { async fn one(&self) -> u32 { pause().await; self.0 } }",
        "x.call(1).await",
    ),
    Shape::new(
        "default_body_overridden",
        "@trait pub trait T { async fn call(&self, n: u32) -> u32 { pause().await; n } }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "x.call(4).await",
    ),
    Shape::new(
        "default_body_with_mut_self",
        "@trait pub trait T {
             async fn add(&mut self, n: u32);
             async fn get(&mut self) -> u32;
             async fn call(&mut self, n: u32) -> u32 { self.add(n).await; self.get().await }
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn add(&mut self, n: u32) { pause().await; self.0 += n; }
             async fn get(&mut self) -> u32 { self.0 }
         }",
        "x.call(4).await",
    ),
    Shape::new(
        "default_body_that_is_sync",
        "@trait pub trait T { async fn call(&self) -> u32; fn more(&self) -> u32 { 4 } }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.0 } }",
        "x.call().await + x.more()",
    ),
    Shape::new(
        "default_body_with_self_by_value",
        "@trait pub trait T { async fn get(&self) -> u32; async fn call(self) -> u32 where Self: Sized { self.get().await } }
         pub struct S(pub u32);
         @impl impl @T for S { async fn get(&self) -> u32 { pause().await; self.0 + 4 } }",
        "x.get().await",
    ),
    Shape::new(
        "combinator",
        "@trait pub trait T {
             async fn get(&self) -> u32;
             fn boxed(self) -> Box<Self> where Self: Sized { Box::new(self) }
         }
         pub struct S(pub u32);
         @impl impl @T for S { async fn get(&self) -> u32 { pause().await; self.0 + 4 } }",
        "x.get().await",
    ),
    // Parameters of the trait.
    Shape::new(
        "type_parameter",
        "@trait pub trait T<R> { async fn call(&self, n: R) -> R; }
         pub struct S(pub u32);
         @impl impl @T<u32> for S { async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "x.call(4).await",
    )
    .parameters("u32"),
    Shape::new(
        "type_parameter_with_default",
        "@trait pub trait T<R = u32> { async fn call(&self, n: R) -> R; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "x.call(4).await",
    )
    .parameters("u32"),
    Shape::new(
        "two_type_parameters_with_bounds",
        "@trait pub trait T<A: Into<u32>, B> where B: Copy { async fn call(&self, a: A, b: B) -> B; }
         pub struct S(pub u32);
         @impl impl @T<u8, u32> for S {
             async fn call(&self, a: u8, b: u32) -> u32 { pause().await; self.0 + b + u32::from(a) }
         }",
        "x.call(1, 3).await",
    )
    .parameters("u8, u32"),
    Shape::new(
        "constant_parameter",
        "@trait pub trait T<const N: usize> { async fn call(&self, of: [u32; N]) -> u32; }
         pub struct S(pub u32);
         @impl impl @T<2> for S {
             async fn call(&self, of: [u32; 2]) -> u32 { pause().await; self.0 + of.iter().sum::<u32>() }
         }",
        "x.call([1, 3]).await",
    )
    .parameters("2"),
    Shape::new(
        "lifetime_parameter",
        "@trait pub trait T<'t> { async fn call(&self, of: &'t str) -> &'t str; }
         pub struct S(pub usize);
         @impl impl<'t> @T<'t> for S { async fn call(&self, of: &'t str) -> &'t str { pause().await; &of[self.0..] } }",
        "x.call(\"0123456789\").await.len() as u32",
    )
    .concrete()
    .unproved()
    .parameters("'static"),
    Shape::new(
        "all_kinds_of_parameters",
        "@trait pub trait T<'t, R: Send + 't, const N: usize> { async fn call(&self, of: [&'t R; N]) -> &'t R; }
         pub struct S(pub usize);
         @impl impl<'t> @T<'t, u32, 2> for S {
             async fn call(&self, of: [&'t u32; 2]) -> &'t u32 { pause().await; of[self.0 - 2] }
         }",
        "*x.call([&1, &7]).await",
    )
    .concrete()
    .unproved()
    .parameters("'static, u32, 2"),
    Shape::new(
        "implemented_for_all_requests",
        "@trait pub trait T<R> { async fn call(&self, n: R) -> R; }
         pub struct S(pub u32);
         @impl impl<R: Clone> @T<R> for S { async fn call(&self, n: R) -> R { pause().await; n.clone() } }",
        "x.call(7).await",
    )
    .parameters("u32")
    .bounds("R: Send + Sync"),
    // Parameters of methods.
    Shape::new(
        "generic_method",
        "@trait pub trait T {
             async fn call<R: Into<u32> + Send>(&self, n: R) -> u32 where Self: Sized;
             async fn get(&self) -> u32;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call<R: Into<u32> + Send>(&self, n: R) -> u32 where Self: Sized { pause().await; self.0 + n.into() }
             async fn get(&self) -> u32 { self.call(4_u8).await }
         }",
        "x.get().await",
    )
    .unproved(),
    Shape::new(
        "generic_method_called",
        "@trait pub trait T { async fn call<R: Into<u32> + Send>(&self, n: R) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call<R: Into<u32> + Send>(&self, n: R) -> u32 { pause().await; self.0 + n.into() }
         }",
        "x.call(4_u8).await",
    )
    .unproved()
    .no_object(),
    Shape::new(
        "impl_trait_as_an_argument",
        "@trait pub trait T { async fn call(&self, n: impl Into<u32> + Send) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: impl Into<u32> + Send) -> u32 { pause().await; self.0 + n.into() } }",
        "x.call(4_u8).await",
    )
    .unproved()
    .no_object(),
    Shape::new(
        "constant_parameter_of_a_method",
        "@trait pub trait T { async fn call<const N: usize>(&self, n: [u32; N]) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call<const N: usize>(&self, n: [u32; N]) -> u32 { pause().await; self.0 + n[N - 1] }
         }",
        "x.call([1, 4]).await",
    )
    .unproved()
    .no_object(),
    Shape::new(
        "generic_method_without_async",
        "@trait pub trait T {
             async fn call(&self) -> u32;
             fn map<R>(&self, with: impl Fn(u32) -> R) -> R where Self: Sized;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.map(|n| n + 4) }
             fn map<R>(&self, with: impl Fn(u32) -> R) -> R where Self: Sized { with(self.0) }
         }",
        "x.call().await",
    ),
    Shape::new(
        "named_lifetimes",
        "@trait pub trait T { async fn call<'a, 'b>(&'a self, of: &'b str, _: &'a str) -> &'b str; }
         pub struct S(pub usize);
         @impl impl @T for S {
             async fn call<'a, 'b>(&'a self, of: &'b str, _: &'a str) -> &'b str { pause().await; &of[self.0..] }
         }",
        "x.call(\"0123456789\", \"\").await.len() as u32",
    ),
    Shape::new(
        "bound_lifetimes",
        "@trait pub trait T { async fn call<'a: 'b, 'b>(&self, of: &'a str, _: &'b str) -> &'b str; }
         pub struct S(pub usize);
         @impl impl @T for S {
             async fn call<'a: 'b, 'b>(&self, of: &'a str, _: &'b str) -> &'b str { pause().await; &of[self.0..] }
         }",
        "x.call(\"0123456789\", \"\").await.len() as u32",
    )
    .concrete()
    .unproved(),
    Shape::new(
        "where_clause_of_a_method",
        "@trait pub trait T<R> { async fn call(&self, n: R) -> u32 where R: Into<u32>; }
         pub struct S(pub u32);
         @impl impl<R: Send> @T<R> for S {
             async fn call(&self, n: R) -> u32 where R: Into<u32> { pause().await; self.0 + n.into() }
         }",
        "x.call(4).await",
    )
    .parameters("u32"),
    // Associated items.
    Shape::new(
        "associated_type",
        "@trait pub trait T { type Out; async fn call(&self) -> Self::Out; }
         pub struct S(pub u32);
         @impl impl @T for S { type Out = u32; async fn call(&self) -> u32 { pause().await; self.0 + 4 } }",
        "x.call().await",
    )
    .types(&[("Out", "u32")]),
    Shape::new(
        "associated_types_that_bound_each_other",
        "use std::fmt::Debug;
         @trait pub trait T {
             type Error: Debug + Send;
             type Out: Into<u32> + From<Self::Part>;
             type Part: Send;
             async fn part(&self) -> Result<Self::Part, Self::Error>;
             async fn call(&self, part: Self::Part) -> Self::Out;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             type Error = String;
             type Out = u32;
             type Part = u8;
             async fn part(&self) -> Result<u8, String> { pause().await; Ok(4) }
             async fn call(&self, part: u8) -> u32 { pause().await; self.0 + u32::from(part) }
         }",
        "{ let part = x.part().await.unwrap(); x.call(part).await }",
    )
    .types(&[("Error", "String"), ("Out", "u32"), ("Part", "u8")]),
    Shape::new(
        "associated_type_called_like_a_parameter",
        "@trait pub trait T<Out> { type Out; async fn call(&self, n: Out) -> Self::Out; }
         pub struct S(pub u32);
         @impl impl @T<u8> for S {
             type Out = u32;
             async fn call(&self, n: u8) -> u32 { pause().await; self.0 + u32::from(n) }
         }",
        "x.call(4).await",
    )
    .parameters("u8")
    .types(&[("Out", "u32")]),
    Shape::new(
        "constant",
        "@trait pub trait T { @value(4) const MORE: u32; async fn call(&self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { const MORE: u32 = 4; async fn call(&self) -> u32 { pause().await; self.0 + Self::MORE } }",
        "x.call().await",
    ),
    Shape::new(
        "constant_with_a_default",
        "@trait pub trait T {
             @value(4) const MORE: u32 = 4;
             async fn call(&self) -> u32 { pause().await; 3 + Self::MORE }
         }
         pub struct S(pub u32);
         @impl impl @T for S {}",
        "x.call().await",
    ),
    Shape::new(
        "generic_associated_type",
        "@trait pub trait T { type Part<'a> where Self: 'a; async fn part<'a>(&'a self) -> Self::Part<'a>; }
         pub struct S(pub [u32; 2]);
         @impl impl @T for S {
             type Part<'a> = &'a [u32] where Self: 'a;
             async fn part<'a>(&'a self) -> &'a [u32] { pause().await; &self.0[1..] }
         }
         pub async fn sum<X: for<'a> Of<'a>>(x: X) -> u32 { x.sum().await }
         pub trait Of<'a> { async fn sum(&self) -> u32; }",
        "{ let part = x.part().await; let _ = &part; 7 }",
    )
    .value("S([3, 4])")
    .no_object(),
    Shape::new(
        "generic_associated_type_beside_an_object",
        "@trait pub trait T {
             type Part<'a> where Self: 'a + Sized;
             async fn part<'a>(&'a self) -> Self::Part<'a> where Self: Sized;
             async fn call(&self) -> u32;
         }
         pub struct S(pub [u32; 2]);
         @impl impl @T for S {
             type Part<'a> = &'a [u32] where Self: 'a + Sized;
             async fn part<'a>(&'a self) -> &'a [u32] where Self: Sized { pause().await; &self.0[1..] }
             async fn call(&self) -> u32 { self.part().await[0] + self.0[0] }
         }",
        "x.call().await",
    )
    .value("S([3, 4])"),
    // Supertraits.
    Shape::new(
        "supertrait_of_std",
        "use std::fmt::Debug;
         @trait pub trait T: Debug { async fn call(&self) -> u32; }
         #[derive(Debug)]
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; format!(\"{self:?}\").len() as u32 + self.0 } }",
        "x.call().await",
    ),
    Shape::new(
        "supertrait_that_is_an_error",
        "@trait pub trait T: std::error::Error + Clone where Self: Sized { async fn call(&self) -> u32; }
         #[derive(Clone, Debug)]
         pub struct S(pub u32);
         impl std::fmt::Display for S { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(\"four\") } }
         impl std::error::Error for S {}
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.to_string().len() as u32 + self.0 } }",
        "x.call().await",
    )
    .no_object(),
    Shape::new(
        "supertrait_of_the_user",
        "pub trait Named { fn named(&self) -> String; }
         @trait pub trait T: Named { async fn call(&self) -> u32; }
         pub struct S(pub u32);
         impl Named for S { fn named(&self) -> String { \"four\".into() } }
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.named().len() as u32 + self.0 } }",
        "{ fn upcast(of: &(impl Named + ?Sized)) -> usize { of.named().len() } assert_eq!(upcast(&*&x), 4); x.call().await }",
    )
    .unproved()
    .no_local()
    .object_call("{ let named: &dyn Named = &*x; assert_eq!(named.named().len(), 4); x.call().await }"),
    Shape::new(
        "supertraits_send_sync_static",
        "@trait pub trait T: Send + Sync + 'static { async fn call(&self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.0 + 4 } }",
        "x.call().await",
    )
    .without_lifetime(),
    Shape::new(
        "supertraits_in_the_where_clause",
        "@trait pub trait T where Self: Send + Sync { async fn call(&self) -> u32 { pause().await; 7 } }
         pub struct S(pub u32);
         @impl impl @T for S {}",
        "x.call().await",
    ),
    Shape::new(
        "supertrait_with_a_parameter",
        "@trait pub trait T: AsRef<str> { async fn call(&self) -> u32; }
         pub struct S(pub u32);
         impl AsRef<str> for S { fn as_ref(&self) -> &str { \"four\" } }
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.as_ref().len() as u32 + self.0 } }",
        "x.call().await + x.as_ref().len() as u32 - 4",
    )
    .object_call("x.call().await + (*x).as_ref().len() as u32 - 4"),
    Shape::new(
        "supertrait_that_is_async",
        "@trait_base pub trait Base { async fn base(&self) -> u32; }
         @trait pub trait T: Base { async fn call(&self) -> u32; }
         pub struct S(pub u32);
         @impl_base impl @Base for S { async fn base(&self) -> u32 { pause().await; self.0 } }
         @impl impl @T for S { async fn call(&self) -> u32 { pause().await; self.0 + 1 } }",
        "x.call().await + x.base().await",
    )
    .siblings("Base = SendBase")
    .unproved()
    .no_local()
    .no_object(),
    // Arguments.
    Shape::new(
        "patterns",
        "pub struct Point { pub x: u32, pub y: u32 }
         @trait pub trait T {
             async fn call(&self, pair: (u32, u32), point: Point, of: &u32, mutable: u32, nobody: u32) -> u32;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self, (a, _): (u32, u32), Point { x, .. }: Point, &of: &u32, mut n: u32, _: u32) -> u32 {
                 pause().await;
                 n += self.0;
                 n + a + x + of
             }
         }",
        "x.call((1, 9), Point { x: 1, y: 9 }, &1, 1, 9).await",
    ),
    Shape::new(
        "wildcards_in_the_trait",
        "@trait pub trait T { async fn call(&self, _: u32, _: &str) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32, _: &str) -> u32 { pause().await; self.0 + n } }",
        "x.call(4, \"\").await",
    ),
    Shape::new(
        "patterns_of_a_default_body",
        "@trait pub trait T { async fn call(&self, (a, b): (u32, u32), _: String) -> u32 { pause().await; a + b } }
         pub struct S(pub u32);
         @impl impl @T for S {}",
        "x.call((3, 4), String::new()).await",
    ),
    Shape::new(
        "many_arguments",
        "@trait pub trait T {
             async fn call(&self, a: u8, b: &u16, c: &mut u32, d: Option<&str>, e: &[u64], f: Box<dyn Fn(u32) -> u32 + Send>) -> u32;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self, a: u8, b: &u16, c: &mut u32, d: Option<&str>, e: &[u64], f: Box<dyn Fn(u32) -> u32 + Send>) -> u32 {
                 pause().await;
                 *c += 1;
                 f(self.0 + u32::from(a) + u32::from(*b) + *c + d.map_or(0, str::len) as u32 + e.len() as u32)
             }
         }",
        "x.call(0, &1, &mut 0, Some(\"a\"), &[], Box::new(|n| n + 1)).await",
    ),
    Shape::new(
        "closures_with_lifetimes_of_their_own",
        "@trait pub trait T { async fn call(&self, f: &(dyn Fn(&str) -> usize + Sync), g: fn(&u32) -> &u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self, f: &(dyn Fn(&str) -> usize + Sync), g: fn(&u32) -> &u32) -> u32 {
                 pause().await;
                 *g(&self.0) + f(\"four\") as u32
             }
         }",
        "x.call(&|s| s.len(), |n| n).await",
    ),
    // What a method returns.
    Shape::new(
        "result_of_a_reference",
        "@trait pub trait T { type Error; async fn call(&self, at: &str) -> Result<&u32, Self::Error>; }
         pub struct S(pub u32);
         @impl impl @T for S {
             type Error = String;
             async fn call(&self, at: &str) -> Result<&u32, String> {
                 pause().await;
                 if at.is_empty() { Err(String::from(\"nowhere\"))? }
                 Ok(&self.0)
             }
         }",
        "*x.call(\"here\").await.unwrap() + 4",
    )
    .types(&[("Error", "String")]),
    Shape::new(
        "result_that_is_coerced",
        "use std::error::Error;
         @trait pub trait T { async fn call(&self) -> Result<u32, Box<dyn Error + Send + Sync>>; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> Result<u32, Box<dyn Error + Send + Sync>> {
                 pause().await;
                 if self.0 == 0 { return Err(Box::new(std::fmt::Error)); }
                 let four: u32 = \"4\".parse()?;
                 Ok(self.0 + four)
             }
         }",
        "x.call().await.unwrap()",
    ),
    Shape::new(
        "nothing",
        "@trait pub trait T { async fn call(&self, into: &mut u32); }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, into: &mut u32) { if *into == 7 { return } pause().await; *into += self.0; } }",
        "{ let mut n = 4; x.call(&mut n).await; n }",
    ),
    Shape::new(
        "impl_future",
        "use std::future::Future;
         @trait pub trait T { fn call(&self, n: u32) -> impl Future<Output = u32>; }
         pub struct S(pub u32);
         @impl impl @T for S { fn call(&self, n: u32) -> impl Future<Output = u32> { let own = self.0; async move { pause().await; own + n } } }",
        "x.call(4).await",
    ),
    Shape::new(
        "impl_iterator",
        "@trait pub trait T { async fn call(&self) -> u32; fn more(&self) -> impl Iterator<Item = u32>; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.0 }
             fn more(&self) -> impl Iterator<Item = u32> { (0..self.0).map(|n| n + 0) }
         }",
        "{ let mut n = x.call().await + 1; for more in x.more() { pause().await; n += more; } n }",
    ),
    Shape::new(
        "impl_iterator_of_references",
        "@trait pub trait T { async fn call(&self) -> u32; fn more(&self) -> impl Iterator<Item = &u32> + '_; }
         pub struct S(pub [u32; 2]);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; 0 }
             fn more(&self) -> impl Iterator<Item = &u32> + '_ { self.0.iter() }
         }",
        "{ let mut n = x.call().await; for more in x.more() { pause().await; n += more; } n }",
    )
    .value("S([3, 4])"),
    Shape::new(
        "impl_stream",
        "use futures_core::Stream;
         use std::{pin::{Pin, pin}, future::poll_fn, task::{Context, Poll}};
         pub struct Count(u32);
         impl Stream for Count {
             type Item = u32;
             fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
                 self.0 -= 1;
                 Poll::Ready((self.0 > 0).then_some(self.0))
             }
         }
         @trait pub trait T { async fn call(&self) -> u32; fn more(&self) -> impl Stream<Item = u32>; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.0 + 1 }
             fn more(&self) -> impl Stream<Item = u32> { Count(self.0) }
         }",
        "{ let mut n = x.call().await; let mut more = pin!(x.more());
           while let Some(one) = poll_fn(|cx| more.as_mut().poll_next(cx)).await { pause().await; n += one; } n }",
    ),
    Shape::new(
        "impl_of_any_trait",
        "use std::fmt::Display;
         @trait pub trait T { async fn call(&self) -> u32; fn shown(&self) -> impl Display; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.0 + 3 }
             fn shown(&self) -> impl Display { self.0 }
         }",
        "x.call().await + x.shown().to_string().len() as u32",
    ),
    // Methods of other kinds.
    Shape::new(
        "methods_under_conditions",
        "@trait pub trait T {
             async fn call(&self) -> u32;
             #[cfg(any())] async fn missing(&self) -> Missing;
             #[cfg(all())] async fn there(&self) -> u32;
             #[cfg(any())] fn neither(&self) -> Missing;
         }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.0 }
             #[cfg(any())] async fn missing(&self) -> Missing { Missing }
             #[cfg(all())] async fn there(&self) -> u32 { pause().await; 4 }
             #[cfg(any())] fn neither(&self) -> Missing { Missing }
         }",
        "x.call().await + x.there().await",
    ),
    Shape::new(
        "unsafe_method",
        "@trait pub trait T { async unsafe fn call(&self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async unsafe fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "unsafe { x.call(4).await }",
    )
    .unproved(),
    Shape::new(
        "macros_inside",
        "macro_rules! add { ($a:expr, $b:expr) => { { pause().await; $a + $b } } }
         @trait pub trait T { async fn call(&self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32) -> u32 { assert!(n > 0, \"{n}\"); add!(self.0, n) } }",
        "x.call(4).await",
    ),
    Shape::new(
        "recursion",
        "@trait pub trait T { async fn call(&self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self, n: u32) -> u32 { pause().await; if n == 0 { self.0 } else { Box::pin(self.call(n - 1)).await + 1 } }
         }",
        "x.call(4).await",
    ),
    Shape::new(
        "raw_name",
        "@trait pub trait T { async fn r#type(&self, r#in: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn r#type(&self, r#in: u32) -> u32 { pause().await; self.0 + r#in } }",
        "x.r#type(4).await",
    ),
    Shape::new(
        "attributes",
        "/// A service.
         #[must_use = \"call it\"]
         @trait pub trait T {
             /// Calls.
             #[must_use]
             #[deprecated]
             async fn call(&self, n: u32) -> u32;
             /// Says.
             #[inline]
             #[expect(unused_variables, reason = \"not yet\")]
             fn said(&self, to: u32) -> u32 { 0 }
         }
         pub struct S(pub u32);
         @impl impl @T for S { #[inline] async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "{ #[allow(deprecated)] x.call(4).await }",
    ),
    Shape::new(
        "made_by_a_macro",
        "macro_rules! service {
             ($name:ident, $sibling:ident, $arg:ty) => {
                 @trait pub trait $name { async fn call(&self, n: $arg) -> $arg; }
                 pub struct S(pub u32);
                 @impl impl @T for S { async fn call(&self, n: $arg) -> $arg { pause().await; self.0 + n } }
             };
         }
         service!(T, SendT, u32);",
        "x.call(4).await",
    ),
    // Generic implementations.
    Shape::new(
        "middleware",
        "@trait pub trait T<R> { type Out; async fn call(&self, n: R) -> Self::Out; }
         pub struct S(pub u32);
         @impl impl @T<u32> for S { type Out = u32; async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }
         pub struct Log<X>(pub X);
         @impl impl<R, X: @T<R>> @T<R> for Log<X> {
             type Out = X::Out;
             async fn call(&self, n: R) -> X::Out { pause().await; self.0.call(n).await }
         }",
        "x.call(4).await",
    )
    .value("Log(Log(S(3)))")
    .parameters("u32")
    .types(&[("Out", "u32")])
    .bounds("R: Send, X: Sync"),
    Shape::new(
        "middleware_that_retries",
        "@trait pub trait T<R> { type Out; type Error; async fn call(&self, n: R) -> Result<Self::Out, Self::Error>; }
         pub struct S(pub u32);
         @impl impl @T<u32> for S {
             type Out = u32; type Error = String;
             async fn call(&self, n: u32) -> Result<u32, String> { pause().await; Ok(self.0 + n) }
         }
         pub struct Retry<X>(pub X);
         @impl impl<R: Clone, X: @T<R>> @T<R> for Retry<X> {
             type Out = X::Out; type Error = X::Error;
             async fn call(&self, n: R) -> Result<X::Out, X::Error> {
                 for _ in 0..2 { if let Ok(out) = self.0.call(n.clone()).await { return Ok(out); } }
                 self.0.call(n).await
             }
         }",
        "x.call(4).await.unwrap()",
    )
    .value("Retry(S(3))")
    .parameters("u32")
    .types(&[("Out", "u32"), ("Error", "String")])
    .bounds("R: Send + Sync, X: Sync, X::Out: Send, X::Error: Send"),
    Shape::new(
        "implemented_for_references",
        "@trait pub trait T { async fn call(&self, n: u32) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S { async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }
         pub static ONE: S = S(3);
         @impl impl<X: @T> @T for &X { async fn call(&self, n: u32) -> u32 { (**self).call(n).await } }",
        "x.call(4).await",
    )
    .value("&ONE")
    .bounds("X: Sync"),
    // Pairs.
    Shape::new(
        "default_body_with_a_generic_request",
        "@trait pub trait T<R: Clone + Send + Sync> where Self::Out: Send {
             type Out;
             async fn call(&self, n: R) -> Self::Out;
             async fn twice(&self, n: R) -> (Self::Out, Self::Out) { (self.call(n.clone()).await, self.call(n).await) }
         }
         pub struct S(pub u32);
         @impl impl @T<u32> for S { type Out = u32; async fn call(&self, n: u32) -> u32 { pause().await; self.0 + n } }",
        "{ let (a, b) = x.twice(4).await; a.max(b) }",
    )
    .parameters("u32")
    .types(&[("Out", "u32")]),
    Shape::new(
        "arc_self_with_a_parameter",
        "use std::sync::Arc;
         @trait pub trait T<R> { async fn call(self: Arc<Self>, n: R) -> R; }
         pub struct S(pub u32);
         @impl impl @T<u32> for S { async fn call(self: Arc<Self>, n: u32) -> u32 { pause().await; self.0 + n } }",
        "Arc::new(x).call(4).await",
    )
    .parameters("u32")
    .pointer("Arc")
    .object_call("x.call(4).await"),
    Shape::new(
        "boxed_self_with_an_associated_type",
        "@trait pub trait T { type Out; async fn call(self: Box<Self>, with: &str) -> Self::Out; }
         pub struct S(pub u32);
         @impl impl @T for S {
             type Out = u32;
             async fn call(self: Box<Self>, with: &str) -> u32 { pause().await; self.0 + with.len() as u32 }
         }",
        "Box::new(x).call(\"four\").await",
    )
    .types(&[("Out", "u32")])
    .object_call("x.call(\"four\").await"),
    Shape::new(
        "self_by_value_beside_references",
        "@trait pub trait T { async fn get(&self, _: &str) -> u32; async fn set(&mut self, n: u32); async fn end(self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn get(&self, _: &str) -> u32 { pause().await; self.0 }
             async fn set(&mut self, n: u32) { pause().await; self.0 = n; }
             async fn end(self) -> u32 { pause().await; self.0 }
         }",
        "{ x.set(7).await; assert_eq!(x.get(\"\").await, 7); x.end().await }",
    ),
    Shape::new(
        "only_one_method_is_send",
        "use std::rc::Rc;
         @trait pub trait T { async fn call(&self) -> u32; @local async fn show(&self) -> u32; }
         pub struct S(pub u32);
         @impl impl @T for S {
             async fn call(&self) -> u32 { pause().await; self.0 + 4 }
             @local async fn show(&self) -> u32 { let held = Rc::new(self.0); pause().await; *held }
         }",
        "x.call().await",
    ),
    Shape::new(
        "lifetime_parameter_and_an_associated_type_that_borrows",
        "@trait pub trait T<'t> { type Out: 't; async fn call(&self, of: &'t str, _: &str) -> Self::Out; }
         pub struct S(pub usize);
         @impl impl<'t> @T<'t> for S {
             type Out = &'t str;
             async fn call(&self, of: &'t str, _: &str) -> &'t str { pause().await; &of[self.0..] }
         }",
        "x.call(\"0123456789\", \"\").await.len() as u32",
    )
    .concrete()
    .unproved()
    .parameters("'static")
    .types(&[("Out", "&'static str")]),
    Shape::new(
        "condition_on_a_default_body",
        "@trait pub trait T {
             #[cfg(all())] async fn call(&self) -> u32 { pause().await; self.plain() }
             #[cfg(any())] async fn call(&self) -> u32 { 0 }
             fn plain(&self) -> u32;
         }
         pub struct S(pub u32);
         @impl impl @T for S { fn plain(&self) -> u32 { self.0 + 4 } }",
        "x.call().await",
    ),
];
