using ServiceDeskBot.Core.Feedback;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>Surveys, what came back, and the digests that told of it.</summary>
internal static class FeedbackSql
{
    public static readonly Statement PutSurvey = new(
        """
        INSERT INTO surveys (tenant_id, ticket, person, team, offered_at, state)
        VALUES (@tenant, @ticket, @person, @team, @offered_at, @state)
        ON CONFLICT (tenant_id, ticket) DO UPDATE SET
            person = excluded.person, team = excluded.team, offered_at = excluded.offered_at, state = excluded.state
        """);

    public static readonly Statement Survey = new(
        "SELECT ticket, person, team, offered_at, state FROM surveys WHERE tenant_id = @tenant AND ticket = @ticket");

    public static readonly Statement LastSurvey = new(
        "SELECT max(offered_at) FROM surveys WHERE tenant_id = @tenant AND person = @person AND state <> 'withdrawn'");

    public static readonly Statement PutNamed = new(
        """
        INSERT INTO named_feedback (tenant_id, id, ticket, person, team, scores, may_contact, at)
        VALUES (@tenant, @id, @ticket, @person, @team, @scores, @may_contact, @at)
        ON CONFLICT (tenant_id, id) DO UPDATE SET scores = excluded.scores, may_contact = excluded.may_contact, at = excluded.at
        """);

    public static readonly Statement Named = new(
        """
        SELECT id, ticket, person, team, scores, may_contact, at FROM named_feedback
        WHERE tenant_id = @tenant AND team = @team AND at >= @from_moment AND at < @to_moment ORDER BY at, id
        """);

    public static readonly Statement PutAnonymous = new(
        "INSERT INTO anonymous_feedback (tenant_id, team, week, shuffle, scores) VALUES (@tenant, @team, @week, @shuffle, @scores)");

    public static readonly Statement Anonymous = new(
        """
        SELECT team, week, scores FROM anonymous_feedback
        WHERE tenant_id = @tenant AND team = @team AND week >= @first_week AND week <= @last_week ORDER BY week, shuffle
        """);

    public static readonly Statement MarkDigest = new(
        "INSERT INTO digests (tenant_id, manager, day) VALUES (@tenant, @manager, @day) ON CONFLICT (tenant_id, manager, day) DO NOTHING");

    public static readonly Statement Digest = new("SELECT 1 FROM digests WHERE tenant_id = @tenant AND manager = @manager AND day = @day");

    public static Step Put(Survey survey) =>
        PutSurvey.With(survey.Ticket, survey.Person, survey.Team, Stored.Moment(survey.OfferedAt), survey.State);

    public static Step Put(NamedFeedback feedback) => PutNamed.With(
        feedback.Id, feedback.Ticket, feedback.Person, feedback.Team, Stored.Json(feedback.Scores), feedback.MayContact ? 1 : 0, Stored.Moment(feedback.At));

    public static Step Put(AnonymousFeedback feedback) => PutAnonymous.With(
        feedback.Team, Stored.Day(feedback.Week), Guid.NewGuid().ToString("N"), Stored.Json(feedback.Scores));

    public static Survey SurveyRow(IRow row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.Moment(3), row.GetString(4));

    public static NamedFeedback NamedRow(IRow row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Json<Scores>(4), row.GetInt64(5) != 0, row.Moment(6));

    public static AnonymousFeedback AnonymousRow(IRow row) => new(row.GetString(0), row.Day(1), row.Json<Scores>(2));
}
