// A clock that stands still. Each line of standard input sets it, in milliseconds since 1970, and is answered.
const RealDate = Date;
let now = Number(process.env.AZURITE_TIME);

class DrivenDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) {
      super(now);
    } else {
      super(...parts);
    }
  }

  static now() {
    return now;
  }
}

global.Date = DrivenDate;

// Node.js writes this header by the machine's clock, if nobody else does.
const http = require("http");
const writeHead = http.ServerResponse.prototype.writeHead;
http.ServerResponse.prototype.writeHead = function (...all) {
  this.setHeader("Date", new DrivenDate().toUTCString());
  return writeHead.apply(this, all);
};

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    now = Number(line);
    process.stdout.write("The clock is at " + line + "\n");
  });
