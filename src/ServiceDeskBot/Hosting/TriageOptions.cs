namespace ServiceDeskBot.Hosting;

/// <summary>Section <c>Triage</c>.</summary>
public sealed class TriageOptions
{
    /// <summary>Gets or sets whether a trained model reads messages; without it keyword rules do, and people decide.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets a second model that predicts beside the running one and is never acted on: a path, or <c>candidate</c> for what <c>train --with-corrections</c> made.</summary>
    /// <value>The default is none.</value>
    public string? Shadow { get; set; }
}
