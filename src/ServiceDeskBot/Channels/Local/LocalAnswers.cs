using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Local;

internal static class LocalAnswers
{
    /// <summary>A refusal in one sentence, for the person at the browser.</summary>
    public static IResult Fault(int status, string sentence) => Results.Json(new { error = sentence }, LocalJson.Options, statusCode: status);

    /// <param name="typed">What the person had typed: a form that comes back with faults keeps it.</param>
    public static LocalReply Render(Answer answer, HtmlCardRenderer cards, IReadOnlyDictionary<string, string>? typed = null)
    {
        var reader = Reader.For(answer.Language, answer.Zone);
        return answer switch
        {
            ShowCard show => new LocalReply("card", cards.Render(show.Card, reader)),
            Tell tell => new LocalReply("tell", cards.Render(tell.Card, reader)),
            ShowForm show => new LocalReply("form", cards.RenderForm(show.Form, reader)),
            FieldErrors faults => new LocalReply("errors", cards.RenderForm(faults.Form, reader, faults.Errors, typed)),
            _ => new LocalReply("nothing"),
        };
    }
}
