// Keeps the page of a report up to date. Without it, the button on the page does the same.
const box = document.getElementById("status");
const look = async () => {
  try {
    const answer = await fetch(location.href, { headers: { "X-Part": "status" } });
    if (answer.ok) box.innerHTML = await answer.text();
  } catch {
    // The site may be restarting; the next look will tell.
  }
  if (box.querySelector("progress, .quiet") && !box.querySelector(".button-primary")) setTimeout(look, 1000);
};
setTimeout(look, 1000);
