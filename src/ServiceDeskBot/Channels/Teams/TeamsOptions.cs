namespace ServiceDeskBot.Channels.Teams;

/// <summary>The bot's registration and whom it talks to (section <c>Teams</c>). An empty list means its default.</summary>
public sealed class TeamsOptions
{
    public const string Section = "Teams";

    /// <summary>Gets or sets the bot's app id. Empty: in Development unsigned activities from this machine are taken, elsewhere none.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Gets or sets the app's client secret; needed with <see cref="AppId"/>.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>Gets or sets the tenant of the app's registration. Empty: a multi-tenant registration, which has to name <see cref="AllowedTenants"/>.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>Gets or sets the tenants whose people are served; others get 403.</summary>
    /// <value>The default is <see cref="TenantId"/> alone.</value>
    public IReadOnlyList<string> AllowedTenants { get; set; } = [];

    /// <summary>Gets or sets where the signing keys of inbound tokens are announced.</summary>
    /// <value>The default is the public Bot Framework's document.</value>
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Gets or sets the accepted <c>iss</c> of inbound tokens.</summary>
    /// <value>The default is the public Bot Framework's issuer.</value>
    public IReadOnlyList<string> Issuers { get; set; } = [];

    /// <summary>Gets or sets where outbound tokens come from; a bare host gets the tenant (else <c>botframework.com</c>) as its path.</summary>
    /// <value>The default is the public login authority.</value>
    public string Authority { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>Gets or sets the only places that messages and tokens are sent to; everything below such a URL counts.</summary>
    /// <value>The default is Microsoft's hosts, and in Development this machine on any port.</value>
    public IReadOnlyList<string> TrustedServiceUrls { get; set; } = [];

    /// <summary>Gets a value indicating whether activities must carry a Bot Framework token.</summary>
    public bool IsRegistered => AppId.Length > 0;

    /// <summary>Gets the tenants that are served, default applied; empty without a registration (any tenant).</summary>
    public IReadOnlyList<string> ServedTenants =>
        AllowedTenants.Count > 0 ? AllowedTenants : TenantId.Length > 0 ? [TenantId] : [];

    /// <summary>Gets the accepted issuers, default applied.</summary>
    public IReadOnlyList<string> AcceptedIssuers => Issuers.Count > 0 ? Issuers : [PublicBotFramework];

    /// <summary>Gets the scope of outbound tokens: each Bot Framework cloud names it after its issuer.</summary>
    public string ConnectorScope =>
        (AcceptedIssuers.FirstOrDefault(issuer => issuer.StartsWith("https://api.botframework.", StringComparison.Ordinal)) ?? PublicBotFramework) + "/.default";

    private const string PublicBotFramework = "https://api.botframework.com";
}
