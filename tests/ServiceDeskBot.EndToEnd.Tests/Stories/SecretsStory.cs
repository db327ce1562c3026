using System.Text;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Credentials are taken out before anything is kept, posted or logged; and words of people never reach the log.</summary>
public sealed class SecretsStory
{
    private const string Password = "Tr0ub4dor-and-3";
    private const string Card = "4111 1111 1111 1111";

    [Theory, OnEveryPlatform]
    public async Task Secrets_InWordsFormsAndEdits_AreNowhereToBeFound(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("identity");

        await wanda.SayAsync($"I cannot log in to my account, my password is {Password} and it says wrong.");
        await wanda.SeesAsync("I took it out before keeping it");
        await wanda.PressAsync("Just log it");
        await wanda.SayAsync($"My card for the shop: {Card}");
        await wanda.EditAsync($"My card for the shop: {Card}", $"My card, written better: {Card}");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Note", ("text", $"tried with password: {Password}"));
        await ada.PressAsync("Resolve", ("text", "Your account is unlocked."));
        await desk.SettledAsync();

        Assert.DoesNotContain(Password, await ada.SeenAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Card, await ada.SeenAsync(), StringComparison.Ordinal);
        foreach (var secret in new[] { Password, Card, Card.Replace(" ", "", StringComparison.Ordinal) })
        {
            Assert.DoesNotContain(desk.Log, line => line.Text.Contains(secret, StringComparison.Ordinal));
            Assert.All(Directory.EnumerateFiles(desk.DataPath, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)), file => Assert.False(Holds(file, secret), $"{file} holds the secret"));
        }

        Assert.DoesNotContain(desk.Log, line => line.Text.Contains("written better", StringComparison.Ordinal) || line.Text.Contains("unlocked", StringComparison.Ordinal));
    }

    /// <summary>The bytes of a file that the desk has open.</summary>
    private static bool Holds(string path, string secret)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;
    }
}
