/* Moments in the reader's own time; the exact one, in UTC, is told on hover. */

const format = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});

for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (time.dateTime.includes("T") && !isNaN(moment)) {
    time.title ||= `${moment.toISOString().replace("T", " ").replace("Z", "")} UTC`;
    time.textContent = format.format(moment).replace(" at ", ", ");
  }
}
