// A starter app as Bolt's own documentation has a newcomer write it. Only the client's address is not Slack's.
const { App } = require('@slack/bolt');

const name = process.env.NAME || 'starter';
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
const plain = (text) => ({ type: 'plain_text', text });

const form = {
  type: 'modal',
  callback_id: 'lunch',
  title: plain('Lunch'),
  submit: plain('Order'),
  blocks: [
    {
      type: 'input',
      block_id: 'dish',
      label: plain('Dish'),
      element: { type: 'plain_text_input', action_id: 'name' },
    },
    {
      type: 'input',
      block_id: 'place',
      optional: true,
      label: plain('Where'),
      element: { type: 'external_select', action_id: 'place', min_query_length: 1 },
    },
  ],
};

app.message('hello', async ({ message, say }) => {
  const text = `Hey there <@${message.user}>! (${name})`;
  const accessory = { type: 'button', action_id: 'click', text: plain('Click me') };
  await say({ text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text }, accessory }] });
});

app.event('app_mention', async ({ say, context }) => {
  await say(`attempt ${context.retryNum ?? 'none'}`);
});

app.action('click', async ({ ack, body, say }) => {
  await ack();
  await say(`<@${body.user.id}> clicked the button`);
});

const openForm = async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: form });
};
app.command('/lunch', openForm);
app.shortcut('lunch', openForm);

app.command('/who', async ({ ack }) => {
  await ack(name);
});

app.options('place', async ({ ack, payload }) => {
  await ack({ options: [{ text: plain(`Café ${payload.value}`), value: payload.value }] });
});

app.view('lunch', async ({ ack, body, view, client }) => {
  const { values } = view.state;
  const dish = values.dish.name.value;
  if (dish.length < 3) {
    await ack({ response_action: 'errors', errors: { dish: 'Say more than that' } });
    return;
  }
  await ack();
  const place = values.place.place.selected_option?.value ?? 'nowhere';
  await client.chat.postMessage({ channel: body.user.id, text: `${dish} at ${place}` });
});

app.event('app_home_opened', async ({ event, client }) => {
  const blocks = [{ type: 'section', text: plain('Welcome home') }];
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
});

app.start().catch((error) => {
  console.error(error);
  process.exit(1);
});
