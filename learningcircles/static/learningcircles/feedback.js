// The answer that was tapped in the mail is sent by itself; without scripts there is a button.
document.querySelector("form[data-tapped]")?.requestSubmit();
