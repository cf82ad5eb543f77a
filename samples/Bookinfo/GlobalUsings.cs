global using Microsoft.Extensions.DependencyInjection;
global using Samples.Supervision;
