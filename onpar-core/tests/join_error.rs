//! A join error says what became of the task, and gives a panic back.
#![cfg(feature = "alloc")]

use core::error::Error as _;
use core::panic::AssertUnwindSafe;

use onpar_core::JoinError;

#[test]
fn a_dropped_task_is_no_panic_and_gives_itself_back() {
    let error = JoinError::dropped();
    assert!(!error.is_panic());
    assert!(error.source().is_none());
    assert_eq!(format!("{error:?}"), "JoinError { panic: false, message: None }");
    assert!(!error.into_panic().unwrap_err().is_panic());
}

#[test]
fn a_panic_with_words_says_them_and_gives_its_payload() {
    let error = JoinError::panicked(Box::new("out of cheese"));
    assert!(error.is_panic());
    assert_eq!(error.to_string(), "the task panicked: out of cheese");
    assert_eq!(format!("{error:?}"), "JoinError { panic: true, message: Some(\"out of cheese\") }");
    assert_eq!(error.into_panic().unwrap().downcast_ref(), Some(&"out of cheese"));

    let error = JoinError::panicked(Box::new(String::from("formatted")));
    assert_eq!(error.to_string(), "the task panicked: formatted");
}

#[test]
fn a_panic_without_words_gives_its_payload_all_the_same() {
    let error = JoinError::panicked(Box::new(42_u8));
    assert_eq!(error.to_string(), "the task panicked");
    assert_eq!(error.into_panic().unwrap().downcast_ref(), Some(&42_u8));
}

#[test]
fn a_payload_that_was_caught_is_resumed_as_it_was() {
    let payload = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new("again"))).unwrap_err();
    let payload = JoinError::panicked(payload).into_panic().unwrap();
    let again = std::panic::catch_unwind(AssertUnwindSafe(|| std::panic::resume_unwind(payload))).unwrap_err();
    assert_eq!(again.downcast_ref(), Some(&"again"));
}

/// `Send`, and not `Sync`.
type SendOnly = core::cell::Cell<u8>;

#[test]
fn an_error_is_passed_on_and_shared_whatever_its_payload_is() {
    fn fails() -> Result<(), Box<dyn core::error::Error + Send + Sync>> {
        Err(JoinError::panicked(Box::new(SendOnly::new(42))))?
    }
    let error = fails().unwrap_err();
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| assert_eq!(error.to_string(), "the task panicked"));
        }
    });
    let error = error.downcast::<JoinError>().unwrap();
    assert_eq!(error.into_panic().unwrap().downcast::<SendOnly>().unwrap().get(), 42);
}
