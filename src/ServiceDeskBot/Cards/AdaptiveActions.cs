using System.Text.Json;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>The buttons of one card while it is written.</summary>
/// <param name="knowsExecute">False: every button is an <c>Action.Submit</c>.</param>
internal sealed class AdaptiveActions(Utf8JsonWriter json, Speaker speaker, bool knowsExecute)
{
    private const int ShownButtons = 6;
    private const int LongestTitle = 75;

    /// <summary>The member <c>actions</c>, where there are buttons: the first six in sight; the rest and those marked secondary in the overflow menu.</summary>
    public void Write(IReadOnlyList<Button> buttons)
    {
        if (buttons.Count == 0)
        {
            return;
        }

        json.WriteStartArray("actions");
        foreach (var (index, button) in buttons.OrderBy(button => button.Secondary).Index())
        {
            Write(button, button.Secondary || index >= ShownButtons);
        }

        json.WriteEndArray();
    }

    private void Write(Button button, bool hidden)
    {
        var title = AdaptiveText.Undated(speaker.Label(button.Title, LongestTitle));
        if (button.OpensForm || !knowsExecute)
        {
            // Only a submit can open a dialog; where dialogs are not known it arrives like any other press.
            Begin("Action.Submit", button, title, hidden);
            json.WriteEndObject();
            return;
        }

        Begin("Action.Execute", button, title, hidden);
        json.WriteString("verb", button.Action);
        json.WritePropertyName("fallback");
        Begin("Action.Submit", button, title, hidden);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Begin(string type, Button button, string title, bool hidden)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("title", title);
        json.WriteStartObject("data");
        json.WriteString("action", button.Action);
        foreach (var (key, value) in button.Data)
        {
            json.WriteString(AdaptiveCardRenderer.DataPrefix + key, value);
        }

        if (button.OpensForm)
        {
            json.WriteStartObject("msteams");
            json.WriteString("type", "task/fetch");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (button.Style is not ButtonStyle.Default)
        {
            json.WriteString("style", button.Style is ButtonStyle.Primary ? "positive" : "destructive");
        }

        if (hidden)
        {
            json.WriteString("mode", "secondary");
        }
    }
}
