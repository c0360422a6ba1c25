// The short codes that apps use most, by their names on Slack. Any other code stays as it was written.

const TABLE = `
+1 👍|-1 👎|thumbsup 👍|thumbsdown 👎|ok_hand 👌|wave 👋|raised_hands 🙌|raised_hand ✋|clap 👏|pray 🙏|muscle 💪
eyes 👀|point_right 👉|point_left 👈|point_up ☝️|point_down 👇|handshake 🤝|writing_hand ✍️|smile 😄
slightly_smiling_face 🙂|grin 😁|joy 😂|wink 😉|blush 😊|thinking_face 🤔|neutral_face 😐|confused 😕|worried 😟
cry 😢|sob 😭|heart ❤️|broken_heart 💔|tada 🎉|sparkles ✨|star ⭐|fire 🔥|rocket 🚀|zap ⚡|boom 💥|100 💯
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫
warning ⚠️|rotating_light 🚨|exclamation ❗|question ❓|grey_question ❔|information_source ℹ️|bulb 💡|bell 🔔
no_bell 🔕|mega 📣|loudspeaker 📢|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|shield 🛡️|mag 🔍|link 🔗
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳
stopwatch ⏱️|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|file_folder 📁|open_file_folder 📂
paperclip 📎|pushpin 📌|books 📚|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉
email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤|telephone_receiver 📞|phone ☎️|speech_balloon 💬|house 🏠
office 🏢|busts_in_silhouette 👥|bust_in_silhouette 👤|gear ⚙️|wrench 🔧|hammer 🔨|wastebasket 🗑️|package 📦
moneybag 💰|scales ⚖️|checkered_flag 🏁|triangular_flag_on_post 🚩|red_circle 🔴|large_orange_circle 🟠
large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁
heavy_plus_sign ➕|heavy_minus_sign ➖|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|sunny ☀️|umbrella ☔
coffee ☕|cake 🍰|robot_face 🤖
`;

const SIGNS = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(" ")),
);

/** The sign of a short code without its colons, or the code itself as it was written. */
export function emoji(name) {
  return SIGNS.get(name) || `:${name}:`;
}
