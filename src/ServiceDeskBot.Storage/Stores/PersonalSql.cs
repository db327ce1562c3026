using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>One person's data, for export and erasure. These walk through their tables: nothing that people wait for asks like that.</summary>
internal static class PersonalSql
{
    public static readonly Statement TextsBy = new(
        "SELECT id, ticket, kind, author, visible, text, at, post FROM texts WHERE tenant_id = @tenant AND author = @person ORDER BY at, seq");

    public static readonly Statement FeedbackBy = new(
        "SELECT id, ticket, person, team, scores, may_contact, at FROM named_feedback WHERE tenant_id = @tenant AND person = @person ORDER BY at, id");

    public static readonly Statement ForgetAccounts = new("DELETE FROM accounts WHERE tenant_id = @tenant AND person = @person");

    public static readonly Statement ForgetDialogs = new("DELETE FROM conversations WHERE tenant_id = @tenant AND person = @person");

    /// <summary>A model must not learn from words that are gone.</summary>
    public static readonly Statement ForgetCorrections = new(
        "DELETE FROM corrections WHERE tenant_id = @tenant AND words IN (SELECT id FROM texts WHERE tenant_id = @tenant AND author = @person)");

    public static readonly Statement BlankTexts = new("UPDATE texts SET text = @text WHERE tenant_id = @tenant AND author = @person");

    public static readonly Statement BlankSummaries = new(
        "UPDATE tickets SET summary = @text, words = @words WHERE tenant_id = @tenant AND reporter = @person");

    public static readonly Statement ForgetFeedback = new("DELETE FROM named_feedback WHERE tenant_id = @tenant AND person = @person");

    public static readonly Statement ForgetSurveys = new("DELETE FROM surveys WHERE tenant_id = @tenant AND person = @person");

    public static readonly Statement ForgetDigests = new("DELETE FROM digests WHERE tenant_id = @tenant AND manager = @person");

    /// <summary>What was posted to teams about tickets they spoke in; before the texts are blanked, which tell which those are.</summary>
    public static readonly Statement ForgetPosted = new(
        $"""
        DELETE FROM outbox WHERE tenant_id = @tenant AND state <> 'queued'
            AND EXISTS (SELECT 1 FROM tickets t WHERE {SpokenIn} AND outbox.body LIKE '%"' || t.id || '"%')
        """);

    public static readonly Statement ForgetAnswers = new(
        $"""
        DELETE FROM inbox WHERE tenant_id = @tenant AND (done_at IS NOT NULL OR failure IS NOT NULL)
            AND EXISTS (SELECT 1 FROM tickets t WHERE {SpokenIn} AND inbox.answer LIKE '%"' || t.id || '"%')
        """);

    public static readonly Statement ForgetInbox = new("DELETE FROM inbox WHERE tenant_id = @tenant AND conversation = @conversation");

    public static readonly Statement ForgetOutbox = new("DELETE FROM outbox WHERE tenant_id = @tenant AND lane = @lane");

    public static readonly Statement ForgetMirrors = new("DELETE FROM mirrors WHERE tenant_id = @tenant AND lane = @lane");

    public static readonly Statement ForgetPosts = new("DELETE FROM posts WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation");

    private const string SpokenIn =
        "t.tenant_id = @tenant AND (t.reporter = @person OR t.id IN (SELECT ticket FROM texts WHERE tenant_id = @tenant AND author = @person))";

    public static IEnumerable<Step> Erase(ErasePerson erase)
    {
        yield return ForgetPosted.With(erase.Person);
        yield return ForgetAnswers.With(erase.Person);
        yield return ForgetCorrections.With(erase.Person);
        yield return BlankTexts.With(ErasePerson.Gone, erase.Person);
        yield return BlankSummaries.With(ErasePerson.Gone, ErasePerson.Gone, erase.Person);
        foreach (var forget in new[] { ForgetAccounts, ForgetDialogs, ForgetFeedback, ForgetSurveys, ForgetDigests })
        {
            yield return forget.With(erase.Person);
        }

        foreach (var place in erase.Chats)
        {
            yield return ForgetInbox.With(place.Key);
            yield return ForgetOutbox.With(OutboxSql.Lane(place));
            yield return ForgetMirrors.With(OutboxSql.Lane(place));
            yield return ForgetPosts.With(place.Channel, place.Conversation);
        }
    }
}
