namespace ServiceDeskBot.Benchmarks;

/// <summary>What each person does once. Every one ends in one message at the platform.</summary>
/// <param name="Opens">What the desk must hold for each person at the end: "query", "incident", or nothing new.</param>
internal abstract record Scenario(string Name, Platform Platform, string? Opens)
{
    /// <summary>True: each person has had their first message answered before the measured one.</summary>
    public virtual bool IsSecond => false;

    /// <summary>An echo cannot press a button or have a ticket: beside those scenarios it echoes plain words.</summary>
    public byte[] Echoed(int n, PlatformStub stub) => Platform.Says(n, Texts.Of(n % Texts.Count), stub.Url, 1);

    public abstract byte[] Body(int n, PlatformStub stub);
}

/// <summary>A known person's first words: accepted, read, compared, stored, restated.</summary>
internal sealed record FirstMessage(string Name, Platform Platform) : Scenario(Name, Platform, "query")
{
    public override byte[] Body(int n, PlatformStub stub) => Platform.Says(n, Texts.Of(n % Texts.Count), stub.Url);
}

/// <summary>The tap on the restatement that makes an incident of it; counted when its card is at the team.</summary>
internal sealed record Tap() : Scenario("Teams tap that makes the incident", Teams.Instance, "incident")
{
    public override bool IsSecond => true;

    public override byte[] Body(int n, PlatformStub stub) => Teams.Presses(n, stub, "That's right", "Just log it");
}

/// <summary>A question about what is open: read and answered, nothing is opened.</summary>
internal sealed record StatusQuestion() : Scenario("Teams turn that opens nothing", Teams.Instance, "query")
{
    public override bool IsSecond => true;

    public override byte[] Body(int n, PlatformStub stub) => Teams.Instance.Says(n, "my tickets", stub.Url, 1);
}
