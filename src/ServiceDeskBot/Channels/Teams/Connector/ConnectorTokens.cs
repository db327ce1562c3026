using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace ServiceDeskBot.Channels.Teams.Connector;

/// <summary>The bot's own token for the connector, by client credentials. MSAL keeps it until shortly before it expires.</summary>
internal sealed class ConnectorTokens : IDisposable
{
    private readonly TeamsOptions _options;
    private readonly Uri _authority;
    private readonly HttpClient _http;
    private readonly Lazy<IConfidentialClientApplication> _app;

    public ConnectorTokens(IOptions<TeamsOptions> options)
    {
        _options = options.Value;
        _authority = AuthorityOf(_options);
        _http = NewHttp(_authority);
        _app = new Lazy<IConfidentialClientApplication>(Register);
    }

    /// <summary>The token, or <c>null</c> for a bot without registration, which sends none.</summary>
    /// <param name="anew">True after the connector refused the one kept.</param>
    /// <exception cref="MsalException">The login authority gave none.</exception>
    /// <exception cref="HttpRequestException">The login authority could not be reached.</exception>
    public async ValueTask<string?> TokenAsync(bool anew, CancellationToken cancellationToken)
    {
        if (!_options.IsRegistered)
        {
            return null;
        }

        var result = await _app.Value.AcquireTokenForClient([_options.ConnectorScope]).WithForceRefresh(anew).ExecuteAsync(cancellationToken);
        return result.AccessToken;
    }

    public void Dispose() => _http.Dispose();

    private IConfidentialClientApplication Register() =>
        ConfidentialClientApplicationBuilder.Create(_options.AppId)
            .WithClientSecret(_options.AppPassword)
            .WithAuthority(WithScheme(_authority, Uri.UriSchemeHttps), validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(new LoginHttp(_http), retryOnceOn5xx: false)
            .Build();

    private static Uri AuthorityOf(TeamsOptions options)
    {
        var authority = new Uri(options.Authority);
        return authority.AbsolutePath == "/" ? new Uri(authority, options.TenantId.Length > 0 ? options.TenantId : "botframework.com") : authority;
    }

    private static HttpClient NewHttp(Uri authority)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new HttpClient(authority.Scheme == Uri.UriSchemeHttp ? new PlainHttp(sockets, authority.Authority) : sockets) { Timeout = TimeSpan.FromSeconds(10) };
    }

    private static Uri WithScheme(Uri uri, string scheme) => new UriBuilder(uri) { Scheme = scheme, Port = uri.Port }.Uri;

    private sealed class LoginHttp(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }

    /// <summary>MSAL insists on https; a login authority of a test on this machine has none, so the scheme is put back under way.</summary>
    private sealed class PlainHttp(HttpMessageHandler inner, string host) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { } uri && uri.Authority == host)
            {
                request.RequestUri = WithScheme(uri, Uri.UriSchemeHttp);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
