// Says back what it hears, through botbuilder, as its own samples do; nothing is stored.
const http = require('node:http');
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');

class Echo extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text);
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new Echo();

/** What the adapter expects of a web framework's response. */
function answerOf(response) {
  const answer = {
    socket: response.socket,
    status(code) { response.statusCode = code; return answer; },
    header(name, value) { response.setHeader(name, value); return answer; },
    send(body) { if (body !== undefined) { response.write(typeof body === 'string' ? body : JSON.stringify(body)); } return answer; },
    end() { response.end(); return answer; },
  };
  return answer;
}

http.createServer((request, response) => {
  if (request.method === 'GET') {
    response.end('ready');
    return;
  }

  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    request.body = JSON.parse(Buffer.concat(chunks).toString());
    await adapter.process(request, answerOf(response), (context) => bot.run(context));
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
