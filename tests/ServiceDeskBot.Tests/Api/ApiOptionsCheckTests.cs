using ServiceDeskBot.Api;
using Xunit;

namespace ServiceDeskBot.Tests.Api;

public sealed class ApiOptionsCheckTests
{
    [Fact]
    public void Validate_Sound_Succeeds() =>
        Assert.True(new ApiOptionsCheck().Validate(null, Of(new ApiKeyOptions { Name = "erp", Key = "secret", Scopes = ["tickets:read"] })).Succeeded);

    [Fact]
    public void Validate_UnknownScope_NamesSettingValueAndWhatIsAllowed() =>
        Assert.Equal(
            "Api:Keys:0:Scopes holds 'tickets:all'. Allowed: tickets:read, tickets:write, tickets:restricted, events.",
            Assert.Single(new ApiOptionsCheck().Validate(null, Of(new ApiKeyOptions { Name = "erp", Key = "secret", Scopes = ["tickets:all"] })).Failures!));

    [Fact]
    public void Validate_EmptyOrSharedKeys_AreRefused()
    {
        var failures = new ApiOptionsCheck().Validate(null, Of(new ApiKeyOptions { Name = "a", Key = "same" }, new ApiKeyOptions { Name = "b", Key = "same" }, new ApiKeyOptions())).Failures!.ToList();

        Assert.Contains("Api:Keys: two programs have the same key; each needs its own.", failures);
        Assert.Contains("Api:Keys:2:Name is empty; give the program a name.", failures);
    }

    private static ApiOptions Of(params ApiKeyOptions[] keys) => new() { Keys = [.. keys] };
}
