// Says back what it hears, through Bolt, as its own samples do; nothing is stored.
const { App, LogLevel } = require('@slack/bolt');

const [port, api, signingSecret] = process.argv.slice(2);
const app = new App({
  token: 'xoxb-bench',
  signingSecret,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: api },
  customRoutes: [{ path: '/health/ready', method: ['GET'], handler: (_, response) => response.end('ready') }],
});
app.message(async ({ message, say }) => { await say(message.text); });
app.start({ port: Number(port), host: '127.0.0.1' });
