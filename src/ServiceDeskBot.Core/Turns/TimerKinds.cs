namespace ServiceDeskBot.Core.Turns;

/// <summary>The kinds of timer rows; the subject is a ticket number unless said otherwise.</summary>
public static class TimerKinds
{
    /// <summary>Nobody confirmed the query.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>Nobody said whether the fix works: ask once more.</summary>
    public const string VerifyReminder = "verify-reminder";

    /// <summary>Still silence: close as not confirmed.</summary>
    public const string VerifyClose = "verify-close";

    /// <summary>Nobody answered the survey: drop it.</summary>
    public const string SurveyExpires = "survey-expires";

    /// <summary>Nobody has decided about an approval: remind.</summary>
    public const string ApprovalReminder = "approval-reminder";

    /// <summary>Nobody decided at all: the request ends.</summary>
    public const string ApprovalExpires = "approval-expires";

    /// <summary>Nobody has taken what somebody on call was called for: call the next.</summary>
    public const string OnCall = "on-call";

    /// <summary>A complaint should have an answer by now.</summary>
    public const string Complaint = "complaint";

    /// <summary>Somebody waits for an item that was not in use yet; subject: person and item.</summary>
    public const string Coming = "coming";

    /// <summary>Most of the time is over: ask whether it will hold.</summary>
    public const string MayMiss = "may-miss";

    /// <summary>Nearly all is over and nobody said: tell the person.</summary>
    public const string WillMiss = "will-miss";

    /// <summary>The person was promised a word about it by now.</summary>
    public const string NextWord = "next-word";

    /// <summary>Something was not known yet: ask the person once more.</summary>
    public const string Unknown = "unknown";

    /// <summary>A training is about to end, or has; subject: person and training.</summary>
    public const string Training = "training";

    /// <summary>The daily digest of a manager; subject: desk id.</summary>
    public const string Digest = "digest";

    /// <summary>Open records are looked through for what they lack; subject: <c>desk</c>.</summary>
    public const string Sweep = "sweep";

    /// <summary>The desk looks at its own predictions; subject: <c>desk</c>.</summary>
    public const string Watch = "watch";

    /// <summary>The desk looks whether it is well itself; subject: <c>desk</c>.</summary>
    public const string Health = "health";

    /// <summary>Old rows are forgotten; subject: <c>desk</c>.</summary>
    public const string Retention = "retention";
}
