using System.Net;
using ServiceDeskBot.Webhooks;
using Xunit;

namespace ServiceDeskBot.Tests.Webhooks;

public sealed class WebhookOptionsCheckTests
{
    private const string Secret = "sixteen-characters";

    [Theory]
    [InlineData("https://lists.example.com/new")]
    [InlineData("http://intranet.example.com/new")]
    public void Validate_HttpsOrAllowedHost_Succeeds(string url) => Assert.True(Check(url, Secret).Succeeded);

    [Theory]
    [InlineData("http://lists.example.com/new", Secret, "Webhooks:Targets:0:Url is 'http://lists.example.com/new'. Allowed: https://…")]
    [InlineData("ftp://intranet.example.com/new", Secret, "Webhooks:Targets:0:Url is 'ftp://")]
    [InlineData("https://me:pw@lists.example.com/", Secret, "no user name in it")]
    [InlineData("lists", Secret, "Webhooks:Targets:0:Url is 'lists'")]
    [InlineData("https://lists.example.com/new", "short", "Webhooks:Targets:0:Secret has 5 characters. Allowed: 16 or more.")]
    public void Validate_Otherwise_NamesSettingValueAndWhatIsAllowed(string url, string secret, string said) =>
        Assert.Contains(said, Assert.Single(Check(url, secret).Failures!), StringComparison.Ordinal);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void IsPublic_Address_IsJudgedByItsRange(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(string url, string secret) => new WebhookOptionsCheck().Validate(null, new WebhookOptions
    {
        Targets = [new WebhookTarget { Name = "lists", Url = url, Secret = secret }],
        AllowedHosts = ["intranet.example.com"],
    });
}
